/** What `schemalign` gives to those who import it: the typing of a config. */
export {
	type DatabaseConfig,
	defineConfig,
	type EnvironmentReference,
	env,
	type IgnoreConfig,
	type OwnerConfig,
	type ProbeConfig,
	type SchemalignConfig,
	type SourceConfig,
} from "./config/define.js";
