import type { CryptoKey } from "jose";
import type { JsonObject } from "../artifact.ts";
import type { Policy } from "../policy.ts";
import type { Obstacle } from "./reading.ts";
import { contradictsItsCertificate } from "./jwk-certificate.ts";
import { rsaWeakness } from "./rsa-strength.ts";
import { explainFailure, explainKeyFailure, type Holds } from "./saml-failure.ts";
import { keyRing, loadKey, type KeyRing, type KeySource } from "./saml-keys.ts";
import { readSignature, type SignatureParts } from "./saml-signature.ts";
import type { PlacedSignature } from "./saml-structure.ts";
import { digest, encodeUtf8, verifies } from "./web-crypto.ts";
import { canonicalize } from "./xml-canonical.ts";
import { displayName } from "./xml-element.ts";
import { obstacleOf } from "./xml-refusal.ts";

/** What came of one signature: the canonical text that it covers and what is weak about it, or why it does not hold. */
type Verification =
  | { readonly covered: string; readonly weaknesses: readonly Obstacle[] }
  /** `key`: no key verifies SignedInfo; `content`: the digest differs; `form`: it was not tried. */
  | { readonly obstacle: Obstacle; readonly failed: "key" | "content" | "form" };

/** What came of one key, or of several: the best of them, and what kept it from being accepted. */
type Trial =
  | { readonly kind: "verified" | "contradictory" | "failed" }
  | { readonly kind: "weak"; readonly reason: string };

/** An EC key brings its curve, which XML Signature does not tie to the hash. */
const EC_NAMES = ["ES256", "ES384", "ES512"];

const FAILED: Trial = { kind: "failed" };

async function tryKey(
  source: KeySource,
  parts: SignatureParts,
  signedInfo: Uint8Array,
  policy: Policy,
): Promise<Trial> {
  const key = await loadKey(source, parts.algorithm);
  if (key === undefined) return FAILED;
  if (!(await verifies(parts.algorithm, key, parts.signatureValue, signedInfo))) return FAILED;
  const reason = await rsaWeakness(key, policy.minRsaBits);
  if (reason !== undefined) return { kind: "weak", reason };
  const contradictory = typeof source !== "string" && (await isContradictory(source, key));
  return { kind: contradictory ? "contradictory" : "verified" };
}

async function isContradictory(jwk: JsonObject, key: CryptoKey): Promise<boolean> {
  const { kty } = jwk;
  const names = kty === "EC" ? EC_NAMES : [kty === "OKP" ? "Ed25519" : "RS256"];
  const answers = await Promise.all(names.map(async (name) => contradictsItsCertificate(jwk, key, name)));
  return answers.every((contradicts) => contradicts);
}

async function tryKeys(
  sources: readonly KeySource[],
  parts: SignatureParts,
  signedInfo: Uint8Array,
  policy: Policy,
): Promise<Trial> {
  let outcome = FAILED;
  for (const source of sources) {
    // One key at a time: with a rotation of two, trying both at once would cost every message a second verification.
    const trial = await tryKey(source, parts, signedInfo, policy);
    if (trial.kind === "verified") return trial;
    if (trial.kind !== "failed") outcome = trial;
  }
  return outcome;
}

async function keyObstacle(
  parts: SignatureParts,
  signedInfo: Uint8Array,
  ring: KeyRing,
  policy: Policy,
): Promise<Obstacle | undefined> {
  const at = place(parts);
  const signed = displayName(parts.signed);
  const own = await tryKeys(ring.own, parts, signedInfo, policy);
  const foreign = own.kind === "failed" ? await tryKeys(ring.foreign, parts, signedInfo, policy) : FAILED;
  const best = own.kind === "failed" ? foreign : own;
  if (best.kind === "weak") {
    return { kind: "key-weak", at, message: `the key that signed the ${signed} ${best.reason}` };
  }
  if (best.kind === "contradictory") {
    const message = `the key that signed the ${signed} brings along an x5c that certifies another key, or none; the first certificate must be of this key`;
    return { kind: "key-contradictory", at, message };
  }
  if (own.kind === "verified") return undefined;
  if (foreign.kind === "failed") {
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

/** What is weak about a signature though it may hold. */
export function signatureWeaknesses({
  signedInfoForm,
  contentForm,
  ...parts
}: SignatureParts): readonly Obstacle[] {
  const inclusive = [
    ...(signedInfoForm.method === "exclusive" ? [] : ["SignedInfo"]),
    ...(contentForm.method === "exclusive" ? [] : [`the ${displayName(parts.signed)}`]),
  ];
  if (inclusive.length === 0) return [];
  const message = `${inclusive.join(" and ")} is canonicalised inclusively: the signature fails once it is read apart from the message around it; use exclusive canonicalisation`;
  return [{ kind: "canonicalization-inclusive", at: place(parts), message }];
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
  let covered: string;
  let signedInfo: Uint8Array;
  try {
    parts = readSignature(placed, policy.algorithms);
    covered = canonicalize(parts.signed, parts.contentForm, parts.signature);
    signedInfo = encodeUtf8(canonicalize(parts.signedInfo, parts.signedInfoForm));
  } catch (caught) {
    return { obstacle: obstacleOf(caught), failed: "form" };
  }
  const [actual, obstacle] = await Promise.all([
    digest(parts.hash, encodeUtf8(covered)),
    keyObstacle(parts, signedInfo, keyRing(policy, issuer), policy),
  ]);
  if (obstacle !== undefined) return { obstacle, failed: "key" };
  if (equal(actual, parts.digestValue)) return { covered, weaknesses: signatureWeaknesses(parts) };
  const message = `the digest of the ${displayName(parts.signed)} differs: it was changed after it was signed`;
  return { obstacle: { kind: "signature-invalid", at: place(parts), message }, failed: "content" };
}

/** What came of all signatures of a message. */
export interface VerifiedAll {
  /** Canonical text that the first signature covers; undefined when there is none, or when any does not hold. */
  readonly covered: string | undefined;
  readonly obstacles: readonly Obstacle[];
  /** What is weak about the signatures that hold. */
  readonly weaknesses: readonly Obstacle[];
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
  const weaknesses = results.flatMap((result) => ("covered" in result ? result.weaknesses : []));
  return { covered: holds ? first.covered : undefined, obstacles, weaknesses };
}
