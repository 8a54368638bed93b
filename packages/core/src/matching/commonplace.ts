/** Columns that say nothing of which table it is. */

/**
 * Columns that tables of unrelated programs have alike: keys, time stamps, and what libraries for signing in demand of their
 * tables (users, accounts, sessions, tokens). That two tables have them says nothing of one table, or of one database.
 */
const EVERYWHERE = new Set(
	`id uuid created_at updated_at deleted_at created_on updated_on created_by updated_by name title description slug status type kind
	user_id owner_id email phone username user_name first_name last_name full_name display_name login password password_hash hashed_password
	salt role roles is_active active enabled is_admin is_staff is_superuser is_verified verified email_verified email_verified_at image avatar
	avatar_url picture last_login last_login_at date_joined provider provider_id provider_type provider_account_id account_id refresh_token
	access_token expires_at expires expires_in token_type scope id_token session_state session_token session_id token token_hash identifier
	value key secret jti revoked_at used_at ip_address ip user_agent last_used_at access_token_expires_at refresh_token_expires_at
	two_factor_enabled banned ban_reason ban_expires impersonated_by metadata active_organization_id locale language timezone`.split(
		/\s+/,
	),
);

/** Whether that two tables both have a column of this name, in snake case, says something. */
export function isTelling(name: string): boolean {
	return !EVERYWHERE.has(name);
}
