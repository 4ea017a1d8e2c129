import type { Token } from "../artifact.ts";
import type { Policy, TrustedIssuer } from "../policy.ts";
import { quote } from "../quote.ts";
import { isGraphAudience } from "../vocabulary/microsoft-graph.ts";
import type { CompactJws } from "./jwt-compact.ts";
import { checkSignature } from "./jwt-signature.ts";
import type { Obstacle } from "./reading.ts";
import { decodeUtf8, digest, encodeBase64url, encodeUtf8 } from "./web-crypto.ts";

const HOW = "its signature covers the header with the SHA-256 of nonce in place of nonce";

/**
 * Tells a token that only its own API can verify: Entra signs tokens for Microsoft Graph, and for a few more of
 * Microsoft's own, over another header than the one that is sent. No key helps anybody else.
 *
 * @param jws the token, whose signature does not verify as it stands
 * @returns undefined for any other token
 * @see azure-activedirectory-identitymodel-extensions-for-dotnet, issues 609 and 853
 */
export async function apiBound(
  jws: CompactJws,
  token: Token,
  issuers: readonly TrustedIssuer[],
  policy: Policy,
): Promise<Obstacle | undefined> {
  const { header, claims } = token;
  const { nonce } = header;
  if (typeof nonce !== "string") return undefined;
  const hashed = await withHashedNonce(jws, nonce);
  const proven =
    hashed !== undefined && (await checkSignature(hashed, header, issuers, policy)) === undefined;
  if (proven) return bound(`the token is for ${audienceOf(token)} alone: ${HOW}, with which it verifies`);
  return isGraphAudience(claims["aud"]) ? graphWithoutProof(token) : undefined;
}

/** The same of a token whose signature is not checked: what it says of itself is all there is. */
export function graphWithoutProof({ header, claims }: Token): Obstacle | undefined {
  if (typeof header["nonce"] !== "string" || !isGraphAudience(claims["aud"])) return undefined;
  return bound(
    `by its own words the token is for Microsoft Graph (aud ${quote(claims["aud"])}) and has a nonce in its header: ${HOW}, so nobody else can verify it`,
  );
}

function bound(message: string): Obstacle {
  return { kind: "api-bound", at: "/header/nonce", message };
}

function audienceOf({ claims: { aud } }: Token): string {
  return isGraphAudience(aud) ? `Microsoft Graph (aud ${quote(aud)})` : quote(aud);
}

/** The token as it was signed: the same header text, but for the value of `nonce`. */
async function withHashedNonce(jws: CompactJws, nonce: string): Promise<CompactJws | undefined> {
  const text = decodeUtf8(jws.header);
  const written = JSON.stringify(nonce);
  const at = text?.indexOf(written) ?? -1;
  if (text === undefined || at < 0) return undefined;
  const hash = encodeBase64url(await digest("SHA-256", encodeUtf8(nonce)));
  const header = encodeUtf8(`${text.slice(0, at)}"${hash}"${text.slice(at + written.length)}`);
  const payload = jws.signedText.slice(jws.signedText.indexOf("."));
  return { ...jws, header, signedText: `${encodeBase64url(header)}${payload}` };
}
