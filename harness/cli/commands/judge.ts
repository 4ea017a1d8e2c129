import { type FoundArtifact, policies, type Policy, type TrustedIssuer } from "../../../src/index.ts";
import { HarnessError } from "../../errors.ts";
import { readArtifacts } from "../judge/artifact-input.ts";
import type { CaptureFacts } from "../judge/capture.ts";
import { FITTING_POLICY, judgeFound, readableBy } from "../judge/judges.ts";
import { parseKeys } from "../judge/keys.ts";
import type { ChosenPolicy } from "../judge/policy-file.ts";
import { readTextFile } from "../read-text.ts";
import { fail, print } from "../terminal.ts";
import { type Judged, verdictsJson, verdictsText } from "../judge/verdict-text.ts";

/** Flags of `mfa-harness judge`, as parsed. */
export interface JudgeFlags {
  readonly keys?: string;
  readonly policy?: string;
  readonly now?: number;
  readonly issuer?: string;
  readonly audience?: readonly string[];
  readonly json?: boolean;
}

/** `mfa-harness judge`: prints a verdict for each artifact. @returns 0 when each shows MFA or needs none, else 1 */
export async function judgeCommand(file: string, flags: JudgeFlags): Promise<number> {
  const chosen = flags.policy === undefined ? undefined : await choose(flags.policy);
  const { artifacts, facts } = await readArtifacts(file);
  const readable = chosen === undefined ? artifacts : readableBy(chosen.base, artifacts);
  if (readable.length === 0) throw unreadable(flags.policy ?? "", artifacts);
  const trust = await trustedIssuer(facts, flags);
  const now = flags.now ?? facts.capturedAt ?? Math.floor(Date.now() / 1000);
  const judged: Judged[] = [];
  for (const found of readable) {
    const { base, policy } = chosen ?? fitting(found);
    const asked = withFacts(policy, facts, trust, flags.audience);
    judged.push({ at: found.at, verdict: await judgeFound(found, base, asked, now) });
  }
  print(flags.json === true ? verdictsJson(judged, now) : verdictsText(judged, now));
  for (const found of artifacts) if (!readable.includes(found)) fail(leftOut(found, flags.policy));
  const good = ["compliant", "exempt", "not-applicable"];
  return judged.every(({ verdict }) => good.includes(verdict.verdict)) ? 0 : 1;
}

/** Loaded late: reading policy files brings more modules than all the rest of the command. */
async function choose(policy: string): Promise<ChosenPolicy> {
  const { choosePolicy } = await import("../judge/policy-file.ts");
  return await choosePolicy(policy);
}

function fitting({ kind }: FoundArtifact): ChosenPolicy {
  const base = FITTING_POLICY[kind];
  return { base, policy: policies[base] };
}

/** The command line wins over the policy file, and that over the capture. */
function withFacts(
  policy: Policy,
  facts: CaptureFacts,
  trust: TrustedIssuer | undefined,
  audiences: readonly string[] | undefined,
): Policy {
  const { audience, nonce, assertionConsumerService, decryptionKeys } = facts;
  return {
    ...(audience === undefined ? {} : { audiences: [audience] }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(assertionConsumerService === undefined ? {} : { assertionConsumerService }),
    ...(decryptionKeys === undefined ? {} : { decryptionKeys }),
    ...policy,
    issuers: trust === undefined ? policy.issuers : [trust],
    ...(audiences === undefined ? {} : { audiences }),
  };
}

/** Keys named on the command line, else those in the capture, under the issuer named on the command line. */
async function trustedIssuer(facts: CaptureFacts, flags: JudgeFlags): Promise<TrustedIssuer | undefined> {
  const { keys: file, issuer } = flags;
  const keys =
    file === undefined
      ? facts.issuer
      : await parseKeys(file, readTextFile(file, "Check the path after --keys."));
  if (keys === undefined && issuer !== undefined) {
    throw new HarnessError("ERR_USAGE", "--issuer says nothing without keys", "Add --keys.");
  }
  return keys === undefined || issuer === undefined ? keys : { ...keys, issuer };
}

function unreadable(policy: string, artifacts: readonly FoundArtifact[]): HarnessError {
  const kinds = [...new Set(artifacts.map(({ kind }) => kind))].join(", ");
  const hint = "Leave --policy away to take the one that fits.";
  return new HarnessError("ERR_USAGE", `policy ${policy} does not read what was found: ${kinds}`, hint);
}

function leftOut({ kind, at }: FoundArtifact, policy: string | undefined): string {
  return `not judged: ${kind} at ${at}, which policy ${policy ?? ""} does not read\n`;
}
