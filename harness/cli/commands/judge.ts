import { readFile } from "node:fs/promises";
import {
  judgeAccessToken,
  judgeIdToken,
  judgeSamlResponse,
  policies,
  type Policy,
  type TrustedIssuer,
  type Verdict,
} from "../../../src/index.ts";
import { HarnessError } from "../../errors.ts";
import { type ArtifactInput, readArtifact } from "../artifact-input.ts";
import { parseKeys } from "../keys.ts";
import { print } from "../terminal.ts";
import { looksLikeAccessToken } from "../token-kind.ts";
import { verdictText } from "../verdict-text.ts";

/** Flags of `mfa-harness judge`, as parsed. */
export interface JudgeFlags {
  readonly keys?: string;
  readonly policy?: string;
  readonly now?: number;
  readonly issuer?: string;
  readonly audience?: readonly string[];
  readonly json?: boolean;
}

/** `mfa-harness judge`: prints the verdict. @returns 0 when MFA evidence is usable or not needed, else 1 */
export async function judgeCommand(file: string, flags: JudgeFlags): Promise<number> {
  const input = await readArtifact(file);
  const issuer = await trustedIssuer(input, flags);
  const now = flags.now ?? input.capturedAt ?? Math.floor(Date.now() / 1000);
  const policy = policyFor(input, policyName(input, flags.policy), issuer, flags.audience);
  const verdict = await judge(input, policy, now);
  print(
    flags.json === true
      ? `${JSON.stringify({ ...verdict, judgedAt: now }, undefined, 2)}\n`
      : verdictText(verdict, now),
  );
  return ["compliant", "exempt", "not-applicable"].includes(verdict.verdict) ? 0 : 1;
}

async function judge(input: ArtifactInput, policy: Policy, now: number): Promise<Verdict> {
  if (input.form === "saml-response") return await judgeSamlResponse(input.artifact, policy, now);
  if (policy.id === policies["partner-api"].id) return await judgeAccessToken(input.artifact, policy, now);
  return await judgeIdToken(input.artifact, policy, now);
}

type PolicyName = keyof typeof policies;
const SAML_POLICIES: readonly string[] = ["entra-saml", "saml-attribute", "refeds-mfa"];

function policyName(input: ArtifactInput, wanted: string | undefined): PolicyName {
  if (wanted === undefined && input.form === "saml-response") return "entra-saml";
  if (wanted === undefined) return looksLikeAccessToken(input.artifact) ? "partner-api" : "oidc";
  const name = policyNames().find((known) => known === wanted);
  if (name === undefined)
    throw usage(`there is no policy "${wanted}"`, `Known policies: ${policyNames().join(", ")}.`);
  if (SAML_POLICIES.includes(name) !== (input.form === "saml-response")) {
    throw usage(
      `policy ${name} does not read a ${input.form}`,
      "Leave --policy away to take the one that fits.",
    );
  }
  return name;
}

function policyNames(): readonly PolicyName[] {
  return ["oidc", "partner-api", "entra-saml", "saml-attribute", "refeds-mfa"];
}

function policyFor(
  input: ArtifactInput,
  name: PolicyName,
  issuer: TrustedIssuer | undefined,
  audience: readonly string[] | undefined,
): Policy {
  const audiences = audience ?? (input.audience === undefined ? undefined : [input.audience]);
  const { nonce, assertionConsumerService } = input;
  return {
    ...policies[name],
    issuers: issuer === undefined ? [] : [issuer],
    ...(audiences === undefined ? {} : { audiences }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(assertionConsumerService === undefined ? {} : { assertionConsumerService }),
  };
}

/** Keys named on the command line win over those in the capture; so does the issuer. */
async function trustedIssuer(input: ArtifactInput, flags: JudgeFlags): Promise<TrustedIssuer | undefined> {
  const keys =
    flags.keys === undefined ? input.issuer : await parseKeys(flags.keys, await readKeys(flags.keys));
  if (keys === undefined && flags.issuer !== undefined)
    throw usage("--issuer says nothing without keys", "Add --keys.");
  return keys === undefined || flags.issuer === undefined ? keys : { ...keys, issuer: flags.issuer };
}

async function readKeys(file: string): Promise<string> {
  return await readFile(file, "utf8").catch((cause: unknown) => {
    throw new HarnessError("ERR_FILE_UNREADABLE", `cannot read ${file}`, "Check the path after --keys.", {
      cause,
    });
  });
}

function usage(message: string, hint: string): HarnessError {
  return new HarnessError("ERR_USAGE", message, hint);
}
