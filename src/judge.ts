import type { ArtifactKind, Channel, SamlResponse, Token } from "./artifact.ts";
import { readingCharges, ruleCharges } from "./charge.ts";
import { decide } from "./decide.ts";
import type { Evidence } from "./evidence.ts";
import { leftOpen } from "./left-open.ts";
import { answersTo } from "./matchers/matchers.ts";
import type { Policy } from "./policy.ts";
import { tokenEvidence } from "./read/jwt-evidence.ts";
import { readToken } from "./read/jwt.ts";
import type { Reading } from "./read/reading.ts";
import type { ReadingRule, Rule } from "./rule.ts";
import { oidcReadingRules, oidcRules } from "./rules/oidc/index.ts";
import { partnerApiReadingRules, partnerApiRules } from "./rules/partner-api/index.ts";
import type { Verdict } from "./verdict.ts";

/** One kind of artifact as one channel judges it. */
interface Bench<Artifact> {
  readonly channel: Channel;
  readonly artifact: ArtifactKind;
  readonly rules: readonly Rule<Artifact>[];
  readonly readingRules: readonly ReadingRule[];
  readonly evidence: (artifact: Artifact) => Evidence;
}

const idToken: Bench<Token> = {
  channel: "oidc",
  artifact: "id-token",
  rules: oidcRules,
  readingRules: oidcReadingRules,
  evidence: tokenEvidence,
};

const accessToken: Bench<Token> = {
  channel: "partner-api",
  artifact: "access-token",
  rules: partnerApiRules,
  readingRules: partnerApiReadingRules,
  evidence: tokenEvidence,
};

/**
 * Judges an ID token as a relying party should.
 *
 * @param jwt compact JWS, exactly as it was received: a space or line break around it is a fault
 * @param policy trusted issuers with their keys, expected audience and nonce, and what counts as MFA
 * @param now seconds since the epoch
 * @returns the verdict with every finding; a bad token never throws
 * @throws TypeError when the arguments cannot be judged by, e.g. `now` is not a number
 * @see OIDC Core §3.1.3.7, RFC 8725
 */
export async function judgeIdToken(jwt: string, policy: Policy, now: number): Promise<Verdict> {
  checkArguments(policy, now);
  return judge(idToken, await readToken(jwt, policy), policy, now);
}

/**
 * Judges an access token as Partner Center's API does: only a v1.0 token can say MFA, in `amr`.
 *
 * @param jwt compact JWS, exactly as it was received
 * @param policy trusted issuers with their keys, expected audience, and what counts as MFA
 * @param now seconds since the epoch
 * @returns the verdict with every finding; a bad token never throws
 * @throws TypeError when the arguments cannot be judged by
 */
export async function judgeAccessToken(jwt: string, policy: Policy, now: number): Promise<Verdict> {
  checkArguments(policy, now);
  return judge(accessToken, await readToken(jwt, policy), policy, now);
}

/**
 * Judges a SAML 2.0 response as a service provider should.
 *
 * @param xml the response as XML, decoded from base64, exactly as it was received
 * @param policy trusted issuers with their certificates, the service provider's own names, and what counts as MFA
 * @param now seconds since the epoch
 * @returns the verdict with every finding; a bad response never throws
 * @throws TypeError when the arguments cannot be judged by
 * @see SAML profiles §4.1.4.3
 */
export async function judgeSamlResponse(
  xml: string | Uint8Array,
  policy: Policy,
  now: number,
): Promise<Verdict> {
  checkArguments(policy, now);
  // Loaded late: judging a token must not pay for the XML parser.
  const [{ readSamlResponse }, { samlEvidence }, { samlRules, samlReadingRules }] = await Promise.all([
    import("./read/saml-response.ts"),
    import("./read/saml-evidence.ts"),
    import("./rules/saml/index.ts"),
  ]);
  const bench: Bench<SamlResponse> = {
    channel: "saml",
    artifact: "saml-response",
    rules: samlRules,
    readingRules: samlReadingRules,
    evidence: samlEvidence,
  };
  return judge(bench, await readSamlResponse(xml, policy), policy, now);
}

function judge<Artifact>(
  bench: Bench<Artifact>,
  { artifact, signature, obstacles }: Reading<Artifact>,
  policy: Policy,
  now: number,
): Verdict {
  const read = artifact !== undefined;
  const charges = [
    ...readingCharges({ obstacles }, bench.readingRules),
    ...(read ? ruleCharges(artifact, bench.rules, policy, now) : []),
  ];
  const evidence = read ? bench.evidence(artifact) : undefined;
  return {
    ...decide({ signature, read, charges }),
    channel: bench.channel,
    artifact: bench.artifact,
    policy: policy.id,
    signature,
    findings: charges.map(({ finding }) => finding),
    evidence,
    matchers: answersTo(evidence),
    unchecked: leftOpen(bench.channel, policy),
  };
}

function checkArguments({ clockSkewSeconds, maxAuthAgeSeconds, minRsaBits }: Policy, now: number): void {
  // A comparison with NaN is false, which would let an expired token through.
  if (!Number.isFinite(now)) throw new TypeError("now must be a number of seconds since the epoch");
  const numbers = [clockSkewSeconds, maxAuthAgeSeconds ?? 0, minRsaBits];
  if (!numbers.every((value) => Number.isFinite(value) && value >= 0)) {
    throw new TypeError(
      "clockSkewSeconds, maxAuthAgeSeconds and minRsaBits must be finite numbers, not negative",
    );
  }
}
