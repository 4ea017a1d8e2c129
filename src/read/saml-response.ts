import type { SamlResponse } from "../artifact.ts";
import type { Policy } from "../policy.ts";
import type { Obstacle, Reading } from "./reading.ts";
import { issuerOf, readAssertion, readEnvelope } from "./saml-assertion.ts";
import { readSignature } from "./saml-signature.ts";
import { assertionOf, dissect, type MessageParts } from "./saml-structure.ts";
import { verifySignature } from "./saml-verify.ts";
import { parseXml } from "./xml-parse.ts";
import { readXml } from "./xml-reader.ts";
import { obstacleOf } from "./xml-refusal.ts";

const NO_SIGNATURE: Obstacle = {
  kind: "signature-missing",
  at: "/samlp:Response",
  message: "neither the Response nor its Assertion is signed; the Assertion must be covered by a signature",
};
const UNCHECKED: Obstacle = {
  kind: "signature-unchecked",
  at: "/samlp:Response",
  message: "no key is configured, so that the signature was not checked and anybody may have written this",
};
const ENCRYPTED: Obstacle = {
  kind: "encrypted",
  at: "/samlp:Response/saml:EncryptedAssertion",
  message: "the assertion is encrypted; it was not decrypted and not read",
};

/** Reads a response whose signatures cannot be checked, and says what is wrong with them all the same. */
function readUnchecked({ response, assertion, encrypted, signatures }: MessageParts, policy: Policy) {
  const obstacles = [UNCHECKED];
  for (const placed of signatures) {
    try {
      readSignature(placed, policy.algorithms);
    } catch (caught) {
      obstacles.push(obstacleOf(caught));
    }
  }
  if (encrypted !== undefined) return unread("unchecked", [...obstacles, ENCRYPTED]);
  if (signatures.length === 0) obstacles.push(NO_SIGNATURE);
  const artifact: SamlResponse = {
    envelope: readEnvelope(response, false),
    assertion: assertion === undefined ? undefined : readAssertion(assertion),
  };
  return { artifact, signature: "unchecked", obstacles } as const;
}

function unread(
  signature: Reading<SamlResponse>["signature"],
  obstacles: readonly Obstacle[],
): Reading<SamlResponse> {
  return { artifact: undefined, signature, obstacles };
}

/** Reads the canonical text that a signature covers, and from the message itself only what no signature covers. */
function readCovered(covered: string, { response, signatures }: MessageParts): SamlResponse {
  const root = readXml(covered);
  if (signatures[0]?.signed !== response) {
    return { envelope: readEnvelope(response, false), assertion: readAssertion(root) };
  }
  const { assertion } = assertionOf(root);
  return {
    envelope: readEnvelope(root, true),
    assertion: assertion === undefined ? undefined : readAssertion(assertion),
  };
}

async function readVerified(parts: MessageParts, policy: Policy): Promise<Reading<SamlResponse>> {
  const { response, assertion, encrypted, signatures } = parts;
  if (signatures.length === 0) {
    return encrypted === undefined ? unread("failed", [NO_SIGNATURE]) : unread("unchecked", [ENCRYPTED]);
  }
  const issuer = issuerOf(assertion ?? response);
  const results = await Promise.all(signatures.map(async (each) => verifySignature(each, issuer, policy)));
  const obstacles = results.flatMap((result) => ("obstacle" in result ? [result.obstacle] : []));
  if (obstacles.length > 0) return unread("failed", obstacles);
  if (encrypted !== undefined) return unread("verified", [ENCRYPTED]);
  const [outermost] = results;
  if (outermost === undefined || !("covered" in outermost)) return unread("failed", [NO_SIGNATURE]);
  return { artifact: readCovered(outermost.covered, parts), signature: "verified", obstacles: [] };
}

/**
 * Reads a SAML 2.0 response and verifies every signature on it. With keys, the assertion is read from the very
 * bytes that the outermost signature covers, parsed again, and from nothing else.
 *
 * @param xml the decoded response as it was received, at most 2 MiB
 * @param policy trusted issuers with their keys, and the allowed algorithms; without an issuer nothing is verified
 * @returns the response, or what kept it from being read; a bad message never throws
 * @see SAML core §5.4, SAML profiles §4.1.4
 */
export async function readSamlResponse(
  xml: string | Uint8Array,
  policy: Policy,
): Promise<Reading<SamlResponse>> {
  const unchecked = policy.issuers.length === 0;
  try {
    const parts = dissect(parseXml(xml));
    return unchecked ? readUnchecked(parts, policy) : await readVerified(parts, policy);
  } catch (caught) {
    return unread(unchecked ? "unchecked" : "failed", [obstacleOf(caught)]);
  }
}
