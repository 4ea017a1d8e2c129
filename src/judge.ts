import type { ArtifactKind, Channel, SamlResponse, Token, WsFedResponse } from "./artifact.ts";
import { readingCharges, ruleCharges } from "./charge.ts";
import { decide } from "./decide.ts";
import type { Evidence } from "./evidence.ts";
import { leftOpen } from "./left-open.ts";
import { disagreementWith } from "./matchers/disagreement.ts";
import { answersTo } from "./matchers/matchers.ts";
import type { Policy } from "./policy.ts";
import { tokenEvidence } from "./read/jwt-evidence.ts";
import { readToken } from "./read/jwt.ts";
import type { Reading } from "./read/reading.ts";
import type { ReadingRule, Rule } from "./rule.ts";
import { eamReadingRules, eamRules } from "./rules/eam/index.ts";
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

const eamToken: Bench<Token> = {
  channel: "eam",
  artifact: "eam-token",
  rules: eamRules,
  readingRules: eamReadingRules,
  evidence: tokenEvidence,
};

/**
 * Judges an ID token as a relying party should.
 *
 * @param jwt compact JWS, or JWE around one, exactly as it was received: a space or line break around it is a fault
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
 * @param jwt compact JWS, or JWE around one, exactly as it was received
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
 * Judges the answer of an external authentication method as Entra does: one method, of a kind that was asked for.
 *
 * @param jwt compact JWS, exactly as it was posted in `id_token`
 * @param policy trusted issuer with its JWK Set, client id as the audience, nonce, and what else Entra asked in `eam`
 * @param now seconds since the epoch
 * @returns the verdict with every finding; a bad token never throws
 * @throws TypeError when the arguments cannot be judged by
 * @see Entra: external authentication method provider reference
 */
export async function judgeEamToken(jwt: string, policy: Policy, now: number): Promise<Verdict> {
  checkArguments(policy, now);
  return judge(eamToken, await readToken(jwt, policy), policy, now);
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

/**
 * Judges the answer of a WS-Federation sign-in as Entra does as the relying party.
 *
 * @param xml the RequestSecurityTokenResponse (`wresult`) as XML, exactly as it was received
 * @param policy trusted issuers with their certificates, the `wtrealm` as the audience, and what counts as MFA
 * @param now seconds since the epoch
 * @returns the verdict with every finding; a bad answer never throws
 * @throws TypeError when the arguments cannot be judged by
 * @see WS-Federation 1.2 §13
 */
export async function judgeWsFedResponse(
  xml: string | Uint8Array,
  policy: Policy,
  now: number,
): Promise<Verdict> {
  checkArguments(policy, now);
  // Loaded late: judging a token must not pay for the XML parser.
  const [{ readWsFedResponse }, { wsFedEvidence }, { wsFedRules, wsFedReadingRules }] = await Promise.all([
    import("./read/wsfed-response.ts"),
    import("./read/wsfed-evidence.ts"),
    import("./rules/wsfed/index.ts"),
  ]);
  const bench: Bench<WsFedResponse> = {
    channel: "wsfed",
    artifact: "ws-fed-response",
    rules: wsFedRules,
    readingRules: wsFedReadingRules,
    evidence: wsFedEvidence,
  };
  return judge(bench, await readWsFedResponse(xml, policy), policy, now);
}

function judge<Artifact>(
  bench: Bench<Artifact>,
  { artifact, unverified, signature, obstacles }: Reading<Artifact>,
  policy: Policy,
  now: number,
): Verdict {
  const read = artifact !== undefined;
  const charges = [
    ...readingCharges({ obstacles }, bench.readingRules),
    ...(read ? ruleCharges(artifact, bench.rules, policy, now) : []),
  ];
  const evidence = read ? bench.evidence(artifact) : undefined;
  const shown = evidence ?? (unverified === undefined ? undefined : bench.evidence(unverified));
  const visibility = charges.find((charge) => charge.visibility !== undefined)?.visibility;
  const decision = decide({ signature, read, charges });
  const matchers = answersTo({ artifact: bench.artifact, statements: shown?.statements, read });
  return {
    ...decision,
    channel: bench.channel,
    artifact: bench.artifact,
    policy: policy.id,
    signature,
    findings: charges.map(({ finding }) => finding),
    ...(visibility === undefined ? {} : { visibility }),
    evidence,
    matchers,
    disagreement: disagreementWith(decision.verdict, matchers),
    unchecked: leftOpen(bench.channel, policy),
  };
}

function checkArguments(policy: Policy, now: number): void {
  // A comparison with NaN is false, which would let an expired token through.
  if (!Number.isFinite(now)) throw new TypeError("now must be a number of seconds since the epoch");
  const { clockSkewSeconds, maxAuthAgeSeconds = 0, minRsaBits, maxBytes = 0 } = policy;
  const numbers = [clockSkewSeconds, maxAuthAgeSeconds, minRsaBits, maxBytes];
  if (!numbers.every((value) => Number.isFinite(value) && value >= 0)) {
    throw new TypeError(
      "clockSkewSeconds, maxAuthAgeSeconds, minRsaBits and maxBytes must be finite numbers, not negative",
    );
  }
}
