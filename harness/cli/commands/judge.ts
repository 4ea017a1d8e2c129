import {
  type ArtifactKind,
  type FoundArtifact,
  PARTNER_CENTER_AUDIENCES,
  type Policy,
  type TrustedIssuer,
  type Verdict,
} from "../../../src/index.ts";
import { HarnessError } from "../../errors.ts";
import { printable } from "../../report/printable.ts";
import { type Ending, exitCodeOf } from "../exit-codes.ts";
import { type ArtifactInput, readArtifacts, sentence } from "../judge/artifact-input.ts";
import type { CaptureFacts } from "../judge/capture.ts";
import { judgeAsAsked, KIND_OF_POLICY, readableAs } from "../judge/judges.ts";
import { readKeys } from "../judge/keys.ts";
import { keyNotes } from "../judge/key-notes.ts";
import type { ChosenPolicy } from "../judge/policy-file.ts";
import { contentGiven, withoutSecrets } from "../secrets.ts";
import { fail, print } from "../terminal.ts";
import { type FileVerdicts, type Judged, verdictsJson, verdictsText } from "../judge/verdict-text.ts";

/** Flags of `mfa-harness judge`, as parsed. */
export interface JudgeFlags {
  readonly keys?: readonly string[];
  readonly policy?: string;
  readonly kind?: ArtifactKind;
  readonly now?: number;
  readonly issuer?: string;
  readonly audience?: readonly string[];
  readonly json?: boolean;
}

/** By what every file is judged. */
interface Terms {
  readonly chosen: ChosenPolicy | undefined;
  readonly kind: ArtifactKind | undefined;
  readonly keys: readonly TrustedIssuer[] | undefined;
  readonly flags: JudgeFlags;
}

/** What came of one file. */
interface FileJudged extends FileVerdicts {
  readonly endings: readonly Ending[];
}

const ENDINGS: Readonly<Record<Verdict["verdict"], Ending>> = {
  compliant: "ok",
  exempt: "ok",
  "not-applicable": "ok",
  "non-compliant": "failed",
  "re-authenticate": "failed",
  inconclusive: "undecided",
};

/**
 * `mfa-harness judge`: prints a verdict for each artifact in each file. What keeps one file from being judged is said, and
 * the others are judged all the same.
 *
 * @returns the exit code: of all files the first that applies of 2, 1, 3, 0
 */
export async function judgeCommand(files: readonly string[], flags: JudgeFlags): Promise<number> {
  const terms = await readTerms(flags);
  const several = files.length > 1;
  const done: FileJudged[] = [];
  for (const file of files) {
    const result = await judgeOrExplain(file, terms);
    done.push(result);
    if (flags.json !== true && result.judged.length > 0) {
      print(
        `${several ? `${done.length === 1 ? "" : "\n"}${nameOf(file)}\n` : ""}${verdictsText(result.judged, result.now)}`,
      );
    }
  }
  if (flags.json === true && (several || done.some(({ judged }) => judged.length > 0))) {
    print(verdictsJson(done));
  }
  return exitCodeOf(done.flatMap(({ endings }) => endings));
}

function nameOf(file: string): string {
  return file === "-" ? "standard input" : file;
}

async function readTerms(flags: JudgeFlags): Promise<Terms> {
  refuseContent("--issuer", flags.issuer);
  for (const audience of flags.audience ?? []) refuseContent("--audience", audience);
  const chosen = flags.policy === undefined ? undefined : await choose(flags.policy);
  const keys =
    flags.keys === undefined ? undefined : await readKeys(flags.keys, "Check the path after --keys.");
  if (keys !== undefined) fail((await keyNotes(keys, flags.now)).join(""));
  return { chosen, kind: kindAsked(chosen, flags), keys, flags };
}

/** What is given as a name would be quoted in findings: a token there must not be. */
function refuseContent(flag: string, value: string | undefined): void {
  const content = value === undefined ? undefined : contentGiven(value);
  if (content === undefined) return;
  const hint = "Give the name alone, as iss or aud has it, and the token in a file.";
  throw new HarnessError("ERR_USAGE", `the value of ${flag} is ${content}, not a name`, hint);
}

async function judgeOrExplain(file: string, terms: Terms): Promise<FileJudged> {
  try {
    return await judgeFile(file, await readArtifacts(file), terms);
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    fail(withoutSecrets(`${error.message}\n${error.hint}\n`));
    return { file, judged: [], now: 0, endings: ["unable"] };
  }
}

async function judgeFile(
  file: string,
  input: ArtifactInput,
  { chosen, kind, keys, flags }: Terms,
): Promise<FileJudged> {
  const { artifacts, facts, unsearched } = input;
  const readable = readableAs(kind, artifacts);
  if (readable.length === 0) throw unreadable(flags, artifacts);
  const trust = trustedIssuers(keys, facts, flags);
  const now = flags.now ?? facts.capturedAt ?? Math.floor(Date.now() / 1000);
  const judged: Judged[] = [];
  const asked = withFacts(requirementsOf(chosen), facts, trust, flags.audience);
  for (const found of readable) judged.push({ found, verdict: await judgeAsAsked(found, kind, asked, now) });
  for (const found of artifacts) if (!readable.includes(found)) fail(`${printable(leftOut(found, flags))}\n`);
  for (const note of unsearched) fail(`${printable(sentence(nameOf(file), note))}\n`);
  const cut: readonly Ending[] = unsearched.length === 0 ? [] : ["unable"];
  return { file, judged, now, endings: [...cut, ...judged.map(({ verdict }) => ENDINGS[verdict.verdict])] };
}

/** Loaded late: reading policy files brings more modules than all the rest of the command. */
async function choose(policy: string): Promise<ChosenPolicy> {
  const { choosePolicy } = await import("../judge/policy-file.ts");
  return await choosePolicy(policy);
}

/** The kind that `--kind` names, or the policy, which have to agree. */
function kindAsked(chosen: ChosenPolicy | undefined, { kind, policy }: JudgeFlags): ArtifactKind | undefined {
  const ofPolicy = chosen === undefined ? undefined : KIND_OF_POLICY[chosen.base];
  if (kind === undefined || ofPolicy === undefined || kind === ofPolicy) return kind ?? ofPolicy;
  const found = `--kind ${kind} with --policy ${policy ?? ""}, which reads another kind: ${ofPolicy}`;
  throw new HarnessError("ERR_USAGE", found, "Leave one of them away.");
}

/** Who asks as Partner Center asks for a token of its own. */
function requirementsOf(chosen: ChosenPolicy | undefined): Policy | Partial<Policy> {
  if (chosen?.base !== "partner-api") return chosen?.policy ?? {};
  return { audiences: PARTNER_CENTER_AUDIENCES, ...chosen.policy };
}

/** The command line wins over the policy file, and that over the capture. */
function withFacts(
  policy: Policy | Partial<Policy>,
  facts: CaptureFacts,
  trust: readonly TrustedIssuer[] | undefined,
  audiences: readonly string[] | undefined,
): Policy | Partial<Policy> {
  const { audience, nonce, assertionConsumerService, decryptionKeys } = facts;
  return {
    ...(audience === undefined ? {} : { audiences: [audience] }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(assertionConsumerService === undefined ? {} : { assertionConsumerService }),
    ...(decryptionKeys === undefined ? {} : { decryptionKeys }),
    ...policy,
    ...(trust === undefined ? {} : { issuers: trust }),
    ...(audiences === undefined ? {} : { audiences }),
  };
}

/** Keys named on the command line, else those in the capture, under the issuer named on the command line. */
function trustedIssuers(
  named: readonly TrustedIssuer[] | undefined,
  facts: CaptureFacts,
  { issuer }: JudgeFlags,
): readonly TrustedIssuer[] | undefined {
  const keys = named ?? facts.issuers;
  if (keys === undefined && issuer !== undefined) {
    throw new HarnessError("ERR_USAGE", "--issuer says nothing without keys", "Add --keys.");
  }
  return keys === undefined || issuer === undefined ? keys : keys.map((each) => ({ ...each, issuer }));
}

function unreadable({ policy, kind }: JudgeFlags, artifacts: readonly FoundArtifact[]): HarnessError {
  const kinds = [...new Set(artifacts.map((found) => found.kind))].join(", ");
  return policy === undefined
    ? new HarnessError("ERR_USAGE", `no ${kind ?? ""} among what was found: ${kinds}`, "Leave --kind away.")
    : new HarnessError(
        "ERR_USAGE",
        `policy ${policy} does not read what was found: ${kinds}`,
        "Leave --policy away to take the one that fits.",
      );
}

function leftOut({ kind, at }: FoundArtifact, flags: JudgeFlags): string {
  const { policy } = flags;
  const reason = policy === undefined ? `is no ${flags.kind ?? ""}` : `policy ${policy} does not read`;
  return withoutSecrets(`not judged: ${kind} at ${at}, which ${reason}`);
}
