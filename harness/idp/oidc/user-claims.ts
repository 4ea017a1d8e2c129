/** What is known of a user: the name as typed, under each claim in which relying parties look for one. */
export function userClaims(user: string): { sub: string; [claim: string]: unknown } {
  return { sub: user, name: user, preferred_username: user, upn: user, email: user, email_verified: true };
}

/** The claims of `userClaims` by the scope that asks for them. */
export const CLAIMS_BY_SCOPE: Readonly<Record<string, string[]>> = {
  openid: ["sub", "preferred_username", "upn"],
  profile: ["name"],
  email: ["email", "email_verified"],
};
