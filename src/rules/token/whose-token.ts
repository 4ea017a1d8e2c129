import type { JsonObject } from "../../artifact.ts";

const ENTRA_V2 =
  /^https:\/\/login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn)\/[^/]+\/v2\.0$/;
const AD_FS = /^https?:\/\/[^/]+\/adfs\/services\/trust$/;
const AD_FS_ID_TOKEN = /^https:\/\/[^/]+\/adfs$/;
/** Microsoft's page on claims in ID tokens of AD FS. */
const AD_FS_CLAIMS =
  "https://learn.microsoft.com/windows-server/identity/ad-fs/development/custom-id-tokens-in-ad-fs";
const TO_PARTNER_CENTER =
  "for Partner Center sign in through Entra and judge the access token that Entra issues for it";

/**
 * What to do about a token without `amr` that comes from an issuer which writes none into such tokens; undefined for
 * any other. It rests on what the token says of itself.
 */
export function fixWithoutAmr({ iss, cid, uid }: JsonObject): string | undefined {
  if (typeof iss !== "string") return undefined;
  if (ENTRA_V2.test(iss)) {
    return "Entra writes no amr into v2.0 ID tokens (assumed: reported, documented nowhere): have Conditional Access demand MFA and check acrs, the authentication context, or read amr in a v1.0 access token.";
  }
  if (AD_FS.test(iss)) {
    return `This is an access token of AD FS itself, which names methods in authmethod: ${TO_PARTNER_CENTER}, with multipleauthn passed on to Entra.`;
  }
  if (AD_FS_ID_TOKEN.test(iss)) {
    return `By default AD FS puts a fixed set of claims into ID tokens, and a rule adds others (${AD_FS_CLAIMS}): have an issuance transform rule issue amr with mfa and each method, grant the client the scope allatclaims, and ask with response_mode=form_post (assumed: that such a rule may issue amr, and that it writes an array for several values only); ${TO_PARTNER_CENTER}.`;
  }
  if (typeof cid === "string" && typeof uid === "string") {
    return `By cid and uid this is an access token of Okta, which has amr in ID tokens only: judge the ID token, or ${TO_PARTNER_CENTER}.`;
  }
  return undefined;
}
