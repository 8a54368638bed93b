/** Commands of ALTER TABLE about matters that are not compared. */
import type { AlterTableCmd, AlterTableStmt } from "libpg-query";
import type { Statement } from "../script/statement.js";
import type { Session } from "./session.js";

/** What they concern, by their kind. */
const UNMODELLED: Readonly<Record<string, string>> = {
	AT_ChangeOwner: "OWNER TO",
	AT_ClusterOn: "CLUSTER ON",
	AT_DropCluster: "CLUSTER ON",
	AT_SetStatistics: "statistics targets and storage of columns",
	AT_SetOptions: "statistics targets and storage of columns",
	AT_ResetOptions: "statistics targets and storage of columns",
	AT_SetStorage: "statistics targets and storage of columns",
	AT_SetCompression: "statistics targets and storage of columns",
	AT_SetTableSpace: "tablespaces and access methods",
	AT_SetAccessMethod: "tablespaces and access methods",
	AT_SetRelOptions: "storage parameters",
	AT_ResetRelOptions: "storage parameters",
	AT_ReplaceRelOptions: "storage parameters",
	AT_EnableTrig: "whether triggers and rules are enabled",
	AT_EnableAlwaysTrig: "whether triggers and rules are enabled",
	AT_EnableReplicaTrig: "whether triggers and rules are enabled",
	AT_DisableTrig: "whether triggers and rules are enabled",
	AT_EnableTrigAll: "whether triggers and rules are enabled",
	AT_DisableTrigAll: "whether triggers and rules are enabled",
	AT_EnableTrigUser: "whether triggers and rules are enabled",
	AT_DisableTrigUser: "whether triggers and rules are enabled",
	AT_EnableRule: "whether triggers and rules are enabled",
	AT_EnableAlwaysRule: "whether triggers and rules are enabled",
	AT_EnableReplicaRule: "whether triggers and rules are enabled",
	AT_DisableRule: "whether triggers and rules are enabled",
	AT_ReplicaIdentity: "REPLICA IDENTITY",
	AT_GenericOptions: "servers and options of foreign tables",
	AT_AlterColumnGenericOptions: "servers and options of foreign tables",
};

/** Lists what the statement says of matters that are not compared. A view's options are. */
export function noteUnmodelled(session: Session, statement: Statement, stmt: AlterTableStmt): void {
	for (const node of stmt.cmds ?? []) {
		if (!("AlterTableCmd" in node)) continue;
		const { subtype = "" } = node.AlterTableCmd;
		const what = UNMODELLED[subtype];
		if (what && !(stmt.objtype === "OBJECT_VIEW" && subtype.endsWith("RelOptions"))) {
			session.notModelled(what, statement.at);
		}
	}
}

/** Whether the statement says nothing else. */
export function onlyUnmodelled(stmt: AlterTableStmt): boolean {
	return (stmt.cmds ?? []).every((node) => "AlterTableCmd" in node && isUnmodelled(node.AlterTableCmd));
}

/** Whether the command is about such a matter. */
export function isUnmodelled({ subtype }: AlterTableCmd): boolean {
	return Object.hasOwn(UNMODELLED, subtype ?? "");
}
