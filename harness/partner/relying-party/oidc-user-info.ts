import * as client from "openid-client";
import type { SignedIn } from "./signed-in.ts";

/**
 * Asks the IdP about the person who signed in. Whatever it answers, the person stays who the ID token says: a name or an
 * e-mail address is for show.
 *
 * @throws Error with the reason when the answer is about somebody else, or can be read in two ways
 * @see OIDC Core §5.3.4
 */
export async function readUserInfo(
  idp: client.Configuration,
  { accessToken, subject, issuer }: SignedIn,
): Promise<client.UserInfoResponse> {
  const userInfo = await client.fetchUserInfo(idp, accessToken, subject);
  const { iss } = userInfo;
  if (iss !== undefined && iss !== issuer) throw new Error("UserInfo names another issuer");
  return userInfo;
}
