import type { SamlAssertion, SamlResponse } from "../artifact.ts";
import type { Policy } from "../policy.ts";
import { byteLimit } from "./byte-limit.ts";
import type { Obstacle, Reading } from "./reading.ts";
import { issuerOf, readAssertion, readEnvelope } from "./saml-assertion.ts";
import { readSignature } from "./saml-signature.ts";
import { assertionOf, dissect, type MessageParts } from "./saml-structure.ts";
import { unsealResponse } from "./saml-unseal.ts";
import { signatureWeaknesses, verifyAll } from "./saml-verify.ts";
import { parseXml } from "./xml-parse.ts";
import { readXml } from "./xml-reader.ts";
import type { XmlElement } from "./xml-element.ts";
import { obstacleOf, Refusal } from "./xml-refusal.ts";

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
  message: "the assertion is encrypted and no decryption key is configured",
};

function unread(
  signature: Reading<SamlResponse>["signature"],
  obstacles: readonly Obstacle[],
): Reading<SamlResponse> {
  return { artifact: undefined, signature, obstacles };
}

/** Whether the assertion bears a signature of its own. */
function ownSigned({ assertion, signatures }: MessageParts): boolean {
  return signatures.some(({ signed }) => signed === assertion);
}

function canDecrypt({ decryptionKeys = [] }: Policy): boolean {
  return decryptionKeys.length > 0;
}

function wasEncrypted(assertion: SamlAssertion | undefined): SamlAssertion | undefined {
  return assertion && { ...assertion, encrypted: true };
}

/** Reads a response whose signatures cannot be checked, and says what is wrong with them all the same. */
async function readUnchecked(parts: MessageParts, policy: Policy): Promise<Reading<SamlResponse>> {
  const { encrypted } = parts;
  if (encrypted !== undefined && canDecrypt(policy)) {
    const { response, weaknesses } = await unsealResponse(parts.response, encrypted, policy);
    const { obstacles, artifact, ...reading } = await readUnchecked(dissect(response), policy);
    return {
      ...reading,
      artifact: artifact && { ...artifact, assertion: wasEncrypted(artifact.assertion) },
      obstacles: [...obstacles, ...weaknesses],
    };
  }
  const { response, assertion, signatures } = parts;
  const obstacles = [UNCHECKED];
  for (const placed of signatures) {
    try {
      obstacles.push(...signatureWeaknesses(readSignature(placed, policy.algorithms)));
    } catch (caught) {
      obstacles.push(obstacleOf(caught));
    }
  }
  if (encrypted !== undefined) return unread("unchecked", [...obstacles, ENCRYPTED]);
  if (signatures.length === 0) obstacles.push(NO_SIGNATURE);
  const artifact: SamlResponse = {
    envelope: readEnvelope(response, false),
    assertion: assertion === undefined ? undefined : readAssertion(assertion, ownSigned(parts)),
  };
  return { artifact, signature: "unchecked", obstacles };
}

/** Reads the canonical text that a signature covers, and from the message itself only what no signature covers. */
function readCovered(covered: string, parts: MessageParts): SamlResponse {
  const { response, signatures } = parts;
  const root = readXml(covered);
  const signed = ownSigned(parts);
  if (signatures[0]?.signed !== response) {
    return { envelope: readEnvelope(response, false), assertion: readAssertion(root, signed) };
  }
  const inside = assertionOf(root).assertion;
  return {
    envelope: readEnvelope(root, true),
    assertion: inside === undefined ? undefined : readAssertion(inside, signed),
  };
}

/**
 * Reads an encrypted assertion: what covers the ciphertext is verified first, then what was inside. A key vouches for
 * the issuer that the assertion names, which is known only then.
 */
async function readSealed(
  { response, signatures }: MessageParts,
  policy: Policy,
): Promise<Reading<SamlResponse>> {
  const issuer = issuerOf(response);
  const outer = await verifyAll(signatures, issuer, policy);
  if (outer.obstacles.length > 0) return unread("failed", outer.obstacles);
  const { covered } = outer;
  const authentic = covered !== undefined;
  if (!canDecrypt(policy)) return unread(authentic ? "verified" : "unchecked", [ENCRYPTED]);
  const { clear, weaknesses } = await open(authentic ? readXml(covered) : response, policy);
  if (!authentic && clear.signatures.length === 0) return unread("failed", [NO_SIGNATURE]);
  const named = clear.assertion === undefined ? undefined : issuerOf(clear.assertion);
  const again = named === issuer ? [] : signatures;
  const inner = await verifyAll([...clear.signatures, ...again], named, policy);
  if (inner.obstacles.length > 0) return unread("failed", inner.obstacles);
  const signed = clear.signatures.length > 0;
  const content = signed && inner.covered !== undefined ? readXml(inner.covered) : clear.assertion;
  const artifact: SamlResponse = {
    envelope: readEnvelope(clear.response, authentic),
    assertion: content === undefined ? undefined : wasEncrypted(readAssertion(content, signed)),
  };
  // A signature that was verified for both issuers has told of its weakness already.
  const told = outer.weaknesses.map(({ at }) => at);
  const fresh = inner.weaknesses.filter(({ at }) => !told.includes(at));
  return {
    artifact,
    signature: "verified",
    obstacles: [...outer.weaknesses, ...fresh, ...weaknesses],
  };
}

/** Opens the encrypted assertion of a response, and holds the whole to the same structure as one in clear. */
async function open(sealed: XmlElement, policy: Policy) {
  const { encrypted } = assertionOf(sealed);
  if (encrypted === undefined) throw new Refusal("structure", ENCRYPTED.at, "there is nothing to decrypt");
  const { response, weaknesses } = await unsealResponse(sealed, encrypted, policy);
  return { clear: dissect(response), weaknesses };
}

async function readVerified(parts: MessageParts, policy: Policy): Promise<Reading<SamlResponse>> {
  const { response, assertion, encrypted, signatures } = parts;
  if (encrypted !== undefined) return readSealed(parts, policy);
  const verified = await verifyAll(signatures, issuerOf(assertion ?? response), policy);
  const { covered, obstacles, weaknesses } = verified;
  if (covered === undefined) return unread("failed", signatures.length === 0 ? [NO_SIGNATURE] : obstacles);
  return { artifact: readCovered(covered, parts), signature: "verified", obstacles: weaknesses };
}

/**
 * Reads a SAML 2.0 response and verifies every signature on it. With keys, the assertion is read from the very
 * bytes that the outermost signature covers, parsed again, and from nothing else; an encrypted one from what was
 * decrypted out of those bytes, or, where only the assertion inside is signed, from the bytes that its signature covers.
 *
 * @param xml the decoded response as it was received, not longer than the policy allows
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
    const parts = dissect(parseXml(xml, byteLimit(policy)));
    return unchecked ? await readUnchecked(parts, policy) : await readVerified(parts, policy);
  } catch (caught) {
    return unread(unchecked ? "unchecked" : "failed", [obstacleOf(caught)]);
  }
}
