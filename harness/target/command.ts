import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HarnessError } from "../errors.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import type { Codes } from "./definition/decide.ts";
import type { CommandDefinition } from "./definition/handed-over.ts";
import { type Answered, handOverTarget, type ReaderFacts } from "./hand-over.ts";
import { type ProgramEnd, runOnce } from "./process/run-once.ts";
import { lastWordsIn } from "./last-words.ts";
import { settle, type Vote } from "./settle.ts";
import type { Target } from "./target.ts";
import { shortened, voteOfCode, voteOfJson, votesOfText } from "./vote.ts";

/** A program as a target: it gets the artifact, and its exit code or its output is its decision. */
export function commandTarget(name: string, command: CommandDefinition, idp: MockIdp): Target {
  const { channels, asked, signedIn } = command;
  const decide = (artifact: string, facts: ReaderFacts, signal: AbortSignal): Promise<Answered> =>
    command.artifact === "file"
      ? withFile(artifact, (path) => run(name, command, { artifact: path, input: "", facts, signal }))
      : run(name, command, { artifact, input: command.artifact === "input" ? artifact : "", facts, signal });
  return handOverTarget({ name, channels, idp, asked, signedIn, decide });
}

interface Handed {
  /** The artifact, or the path of its file. */
  readonly artifact: string;
  readonly input: string;
  readonly facts: ReaderFacts;
  readonly signal: AbortSignal;
}

/** The file is nobody else's to read, and gone when the program ended. */
async function withFile<Result>(text: string, use: (path: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "mfa-harness-"));
  try {
    const path = join(folder, `${randomUUID()}.txt`);
    await writeFile(path, text, { mode: 0o600 });
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(name: string, command: CommandDefinition, handed: Handed): Promise<Answered> {
  const { cwd, timeoutSeconds } = command;
  const { artifact, input, facts, signal } = handed;
  const inEnvironment = command.artifact === "environment" ? { MFA_HARNESS_ARTIFACT: artifact } : {};
  const env = { ...environmentOf(facts), ...inEnvironment, ...command.env };
  const program = filledIn(command, artifact, facts);
  const end = await runOnce({ program, cwd, env, input, timeoutSeconds, signal }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw cannotRun(name, command, cause);
  });
  if (end.isLate) {
    return { decision: undefined, signals: [`no answer within ${timeoutSeconds} s`, ...errorLine(end)] };
  }
  const crash = end.exitCode === 0 ? undefined : lastWordsIn(`${end.stderr}\n${end.stdout}`);
  const settled = settle([...votesOf(command, end, crash), ...crashVotes(command, crash)]);
  // It refuses as its file says, and yet a program that falls over does the same.
  const doubt = crash !== undefined && settled.decision === "refuse" ? { confidence: "low" as const } : {};
  return { ...settled, ...doubt, text: end.stdout };
}

/** What exit codes stand for where nothing is said of how the program answers. */
const EXIT_CODES: Codes = { accept: [0], refuse: [1] };

/** Whoever falls over has not refused, unless the file says that it is how the program refuses. */
function codesOf({ exitCode, output, json }: CommandDefinition, crash: string | undefined): Codes {
  if (exitCode !== undefined) return exitCode;
  return output !== undefined || json !== undefined || crash !== undefined ? {} : EXIT_CODES;
}

function crashVotes({ exitCode }: CommandDefinition, crash: string | undefined): readonly Vote[] {
  if (crash === undefined) return [];
  const say =
    exitCode === undefined ? "; if it refuses so, write exitCode: { accept: [0], refuse: [1] }" : "";
  return [
    { decision: undefined, signal: `it fell over, by its words ${JSON.stringify(shortened(crash))}${say}` },
  ];
}

function votesOf(command: CommandDefinition, end: ProgramEnd, crash: string | undefined): readonly Vote[] {
  const { output, json } = command;
  return [
    end.signalCode === null
      ? voteOfCode("exit code", end.exitCode, codesOf(command, crash))
      : { decision: undefined, signal: `ended by ${end.signalCode}` },
    ...(output === undefined ? [] : votesOfText("its output", `${end.stdout}\n${end.stderr}`, output)),
    ...(json === undefined ? [] : [voteOfJson("its output", end.stdout, json)]),
    ...errorLine(end).map((signal) => ({ decision: undefined, signal })),
  ];
}

function errorLine({ stderr }: ProgramEnd): readonly string[] {
  return stderr.trim() === "" ? [] : [`it says: ${shortened(stderr)}`];
}

/** What the program may want to know, under the names that stand for it in arguments and environment. */
function namesOf(facts: ReaderFacts): Readonly<Record<string, string>> {
  const { channel, issuer, audience, nonce = "", requestId = "", assertionConsumerService = "" } = facts;
  return { channel, issuer, audience, nonce, requestId, assertionConsumerService };
}

function filledIn(command: CommandDefinition, artifact: string, facts: ReaderFacts): readonly string[] {
  const values: Readonly<Record<string, string>> = { ...namesOf(facts), artifact };
  const filled = command.run.map((text) =>
    text.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder),
  );
  const mentioned = command.run.some((text) => text.includes("{artifact}"));
  const wanted = command.artifact === "file" || command.artifact === "argument";
  return wanted && !mentioned ? [...filled, artifact] : filled;
}

function environmentOf(facts: ReaderFacts): Readonly<Record<string, string>> {
  const named = Object.entries(namesOf(facts)).map(
    ([name, value]) => [`MFA_HARNESS_${name.replaceAll(/[A-Z]/g, "_$&").toUpperCase()}`, value] as const,
  );
  return {
    ...Object.fromEntries(named),
    MFA_HARNESS_JWKS: JSON.stringify(facts.jwks),
    MFA_HARNESS_CERTIFICATE: facts.certificate,
  };
}

function cannotRun(name: string, { cwd }: CommandDefinition, cause: unknown): HarnessError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  // The system says the same of a program and of a folder that is not there.
  const why = cwd === undefined ? reason : `${reason}, in the folder ${cwd}`;
  const hint =
    "Check the program's name and its folder; `run` is a list, program first, and no shell reads it.";
  return new HarnessError("ERR_TARGET_UNREACHABLE", `${name} cannot be run: ${why}`, hint, { cause });
}
