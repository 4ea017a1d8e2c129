import type { Policy } from "../policy.ts";
import type { Obstacle } from "./reading.ts";
import { explainFailure, explainKeyFailure, type Holds } from "./saml-failure.ts";
import { keyRing, loadKey, rsaBits, type KeyRing, type KeySource } from "./saml-keys.ts";
import { readSignature, type SignatureParts } from "./saml-signature.ts";
import type { PlacedSignature } from "./saml-structure.ts";
import { digest, encodeUtf8, verifies } from "./web-crypto.ts";
import { canonicalize } from "./xml-canonical.ts";
import { displayName } from "./xml-element.ts";
import { obstacleOf } from "./xml-refusal.ts";

/** What came of one signature: the canonical text that it covers, or why it does not hold. */
type Verification =
  | { readonly covered: string }
  /** `key`: no key verifies SignedInfo; `content`: the digest differs; `form`: it was not tried. */
  | { readonly obstacle: Obstacle; readonly failed: "key" | "content" | "form" };

type Trial = "verified" | "weak" | "failed";

async function tryKey(
  source: KeySource,
  parts: SignatureParts,
  signedInfo: Uint8Array,
  policy: Policy,
): Promise<Trial> {
  const key = await loadKey(source, parts.algorithm);
  if (key === undefined) return "failed";
  if (!(await verifies(parts.algorithm, key, parts.signatureValue, signedInfo))) return "failed";
  return (rsaBits(key) ?? policy.minRsaBits) < policy.minRsaBits ? "weak" : "verified";
}

async function tryKeys(sources: readonly KeySource[], parts: SignatureParts, policy: Policy): Promise<Trial> {
  const signedInfo = encodeUtf8(canonicalize(parts.signedInfo, parts.signedInfoForm));
  let outcome: Trial = "failed";
  for (const source of sources) {
    // One key at a time: with a rotation of two, trying both at once would cost every message a second verification.
    const trial = await tryKey(source, parts, signedInfo, policy);
    if (trial === "verified") return trial;
    if (trial === "weak") outcome = trial;
  }
  return outcome;
}

async function keyObstacle(
  parts: SignatureParts,
  ring: KeyRing,
  policy: Policy,
): Promise<Obstacle | undefined> {
  const at = place(parts);
  const signed = displayName(parts.signed);
  const own = await tryKeys(ring.own, parts, policy);
  const foreign = own === "failed" ? await tryKeys(ring.foreign, parts, policy) : "failed";
  if (own === "weak" || foreign === "weak") {
    const message = `the ${signed} is signed with an RSA key of fewer than ${policy.minRsaBits} bits`;
    return { kind: "key-weak", at, message };
  }
  if (own === "verified") return undefined;
  if (foreign === "failed") {
    const tried = ring.own.length + ring.foreign.length;
    const message = `the signature of the ${signed} does not verify with any of the ${tried} configured keys`;
    return { kind: "signature-invalid", at, message };
  }
  // An issuer that is not trusted at all is the business of saml.issuer.mismatch.
  if (!ring.trusted) return undefined;
  const message = `the ${signed} is signed with a key that belongs to another issuer than the one it names`;
  return { kind: "key-untrusted", at, message };
}

function place({ at }: PlacedSignature): string {
  return `${at}/ds:Signature`;
}

function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

/**
 * Verifies one signature with the keys of the policy.
 *
 * @param placed signature and the element that it must sign
 * @param issuer issuer that the message claims; keys are bound to it
 */
async function verifySignature(
  placed: PlacedSignature,
  issuer: string | undefined,
  policy: Policy,
): Promise<Verification> {
  const result = await tryAsItStands(placed, issuer, policy);
  if ("covered" in result || result.obstacle.kind !== "signature-invalid") return result;
  const holds: Holds = async (each, trusted) => "covered" in (await tryAsItStands(each, issuer, trusted));
  const failure = { placed, issuer, policy, holds, obstacle: result.obstacle };
  const explain = result.failed === "key" ? explainKeyFailure : explainFailure;
  return { ...result, obstacle: (await explain(failure)) ?? result.obstacle };
}

async function tryAsItStands(
  placed: PlacedSignature,
  issuer: string | undefined,
  policy: Policy,
): Promise<Verification> {
  let parts: SignatureParts;
  try {
    parts = readSignature(placed, policy.algorithms);
  } catch (caught) {
    return { obstacle: obstacleOf(caught), failed: "form" };
  }
  const covered = canonicalize(parts.signed, parts.contentForm, parts.signature);
  const [actual, obstacle] = await Promise.all([
    digest(parts.hash, encodeUtf8(covered)),
    keyObstacle(parts, keyRing(policy, issuer), policy),
  ]);
  if (obstacle !== undefined) return { obstacle, failed: "key" };
  if (equal(actual, parts.digestValue)) return { covered };
  const message = `the digest of the ${displayName(parts.signed)} differs: it was changed after it was signed`;
  return { obstacle: { kind: "signature-invalid", at: place(parts), message }, failed: "content" };
}

/** What came of all signatures of a message. */
export interface VerifiedAll {
  /** Canonical text that the first signature covers; undefined when there is none, or when any does not hold. */
  readonly covered: string | undefined;
  readonly obstacles: readonly Obstacle[];
}

/**
 * Verifies signatures: all of them have to hold.
 *
 * @param placed outermost first
 * @param issuer issuer that the message claims; keys are bound to it
 */
export async function verifyAll(
  placed: readonly PlacedSignature[],
  issuer: string | undefined,
  policy: Policy,
): Promise<VerifiedAll> {
  const results = await Promise.all(placed.map(async (each) => verifySignature(each, issuer, policy)));
  const obstacles = results.flatMap((result) => ("obstacle" in result ? [result.obstacle] : []));
  const [first] = results;
  const holds = obstacles.length === 0 && first !== undefined && "covered" in first;
  return { covered: holds ? first.covered : undefined, obstacles };
}
