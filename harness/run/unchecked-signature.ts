import type { Emission } from "../emission/emission.ts";
import type { IdpTrust } from "../idp/trust.ts";
import type { Case } from "../scenario/expand.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Attempted } from "./attempt.ts";
import { letsInSomebodyElse } from "./decisions.ts";
import type { Outcome } from "./events.ts";

const FLIPPED: Emission["tamper"] = [{ op: "flip-signature" }];

const OF_SIGNATURE = /^oidc\.(?:signature|key|algorithm|header)\./;
const OF_KEYS = /^\/(?:jwks(?:\/|$)|discovery\/jwks_uri$)/;

/** Whether nothing is wrong with a token but how it is signed, so that only a reader that verifies it can tell. */
function isOfSignature({ emission: { channel, patch, tamper }, expect: { findings } }: Scenario): boolean {
  if (channel !== "oidc" || tamper.some(({ op }) => op === "encrypt")) return false;
  if (findings.length > 0 && findings.every((rule) => OF_SIGNATURE.test(rule))) return true;
  if (patch.length > 0) return findings.length === 0 && patch.every(({ path }) => OF_KEYS.test(path));
  return (
    tamper.length > 0 && tamper.every((one) => one.op === "respell-segment" && one.segment === "signature")
  );
}

/** Whether a token is a good one but for the bits of its signature: whoever takes it takes any signature. */
function isPlain({ emission }: Scenario): boolean {
  const { profile, patch, tamper, key } = emission;
  const [only, ...more] = tamper;
  return (
    profile === "password-and-otp" &&
    key === "published" &&
    patch.length === 0 &&
    more.length === 0 &&
    only?.op === "flip-signature"
  );
}

/**
 * The control of a case with a broken signature, on the same transport against the same target: whether the target
 * verifies signatures at all is told by it alone.
 */
export function signatureProbe({ transport, target }: Case, control: Scenario): Case {
  const id = `${control.id}-with-broken-signature`;
  const emission = { ...control.emission, tamper: FLIPPED };
  const { control: _control, ...rest } = control;
  return { id: `${id}/${transport}/${target}`, scenario: { ...rest, id, emission }, transport, target };
}

/** The one case of a run that tells of a target that it verifies no signature; undefined: each tells for itself. */
export function plainestCases(cases: readonly Case[]): ReadonlyMap<string, string> {
  const plain = cases.filter(({ scenario }) => isOfSignature(scenario) && isPlain(scenario));
  // Of several, the first counts.
  return new Map(plain.toReversed().map(({ id, transport, target }) => [`${transport} ${target}`, id]));
}

/** Whether an ID token was taken that came from the token endpoint, and only there. */
function cameFromTokenEndpoint({ observation, asked }: Attempted): boolean {
  const { response_type: responseType } = asked ?? {};
  if (responseType === undefined || observation === undefined) return false;
  return (
    observation.decision === "accept" &&
    !letsInSomebodyElse(observation) &&
    !responseType.split(" ").includes("id_token")
  );
}

const RULE = "OIDC Core §3.1.3.7 (6)";

const MAY = `not applicable: the app leaves the signature of the ID token unchecked, as it may where the token comes from the token endpoint over TLS (${RULE}); in any other flow it has to check it`;

const MUST = `the app leaves the signature of the ID token unchecked, and the token endpoint was asked over plain http, where no TLS stands in for it (${RULE})`;

/** What a case is held against. */
export interface SignatureGround {
  readonly trust: IdpTrust;
  /** From {@link plainestCases}. */
  readonly plainest: ReadonlyMap<string, string>;
  /** Whether the target takes the probe of this case; asked only where it matters. */
  readonly takesProbe: (next: Case) => Promise<boolean>;
}

/**
 * What becomes of a failure that comes of an unchecked signature alone: nothing over TLS in the code flow, where TLS may
 * stand in for it; else one case tells it, and the others that are part of it are skipped.
 *
 * @returns the outcome instead; undefined: the failure stands as it is
 */
export async function ofUncheckedSignature(
  next: Case,
  attempted: Attempted,
  { trust, plainest, takesProbe }: SignatureGround,
): Promise<Outcome | undefined> {
  const { outcome } = attempted;
  if (outcome.status !== "fail" || !isOfSignature(next.scenario) || !cameFromTokenEndpoint(attempted))
    return undefined;
  if (!(await takesProbe(next))) return undefined;
  if (new URL(trust.oidcIssuer).protocol === "https:") return { status: "skip", differences: [MAY] };
  const telling = plainest.get(`${next.transport} ${next.target}`);
  if (telling === undefined || telling === next.id) {
    return { ...outcome, differences: [...outcome.differences, MUST] };
  }
  return { status: "skip", differences: [`part of what ${telling} tells: ${MUST}`] };
}
