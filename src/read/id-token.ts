import type { Token } from "../artifact.ts";
import type { Policy } from "../policy.ts";
import type { HashName } from "../vocabulary/saml-algorithms.ts";
import { ALGORITHMS } from "./jwt-algorithms.ts";
import { encodeBase64url } from "./jwt-base64url.ts";
import { readSignedOrDecoded } from "./jwt-decoded.ts";
import type { Reading } from "./reading.ts";
import { digest, encodeUtf8 } from "./web-crypto.ts";

async function leftHalf(hash: HashName, text: string | undefined): Promise<string | undefined> {
  if (text === undefined) return undefined;
  const whole = await digest(hash, encodeUtf8(text));
  return encodeBase64url(whole.subarray(0, whole.length / 2));
}

/**
 * Reads an ID token, with what its hashes of the access token and the code beside it have to be.
 *
 * @param token compact JWS, or compact JWE around one, as it was received; or what a tool has decoded of one
 * @param policy as for any token, with the access token and the code if they are known
 * @see OIDC Core §3.1.3.6, §3.3.2.11
 */
export async function readIdToken(token: string | Token, policy: Policy): Promise<Reading<Token>> {
  const reading = await readSignedOrDecoded(token, policy);
  const { artifact } = reading;
  const alg = artifact?.header.alg;
  const hash = typeof alg === "string" ? ALGORITHMS.get(alg)?.hash : undefined;
  if (artifact === undefined || hash === undefined) return reading;
  const [atHash, cHash] = await Promise.all([
    leftHalf(hash, policy.accessToken),
    leftHalf(hash, policy.code),
  ]);
  return { ...reading, artifact: { ...artifact, beside: { atHash, cHash } } };
}
