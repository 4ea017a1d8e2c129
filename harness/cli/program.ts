import { Command, CommanderError, Option } from "commander";
import { HarnessError } from "../errors.ts";
import type { JudgeFlags } from "./commands/judge.ts";
import type { ReportFlags } from "./commands/report.ts";
import type { RulesFlags } from "./commands/rules.ts";
import { addDoctor } from "./doctor-options.ts";
import { environmentProblem } from "./environment-problem.ts";
import { exitCodeOf } from "./exit-codes.ts";
import { examplesText } from "./examples.ts";
import { FRESH_KEYS, hasKeptKeys } from "./kept-keys.ts";
import { keepLoopbackFromProxies } from "./no-proxy.ts";
import { collectOption, positiveInteger, seconds } from "./options.ts";
import { withoutSecrets } from "./secrets.ts";
import type { ServeFlags } from "./serve-options.ts";
import { addRun, BASELINE, COMPARE, REPORTERS } from "./run/run-options.ts";
import { fail, print } from "./terminal.ts";

const COMMANDS: ReadonlyMap<string | undefined, (program: Command) => void> = new Map([
  ["run", addRun],
  ["report", addReport],
  ["doctor", addDoctor],
  ["serve", addServe],
  ["judge", addJudge],
  ["rules", addRules],
]);

/** Builds the command line of what is asked for; each command's code is loaded only when it is called. */
export function createProgram(first: string | undefined): Command {
  const program = new Command("mfa-harness")
    .description("Emits sign-ins with or without MFA evidence and shows what each reader makes of them")
    .version("0.1.0")
    .showHelpAfterError("(add --help for what is possible)")
    .configureOutput({ writeOut: print, writeErr: (text) => fail(withoutSecrets(text)) });
  const named = COMMANDS.get(first);
  for (const add of named === undefined ? COMMANDS.values() : [named]) add(program);
  for (const one of [program, ...program.commands]) one.addHelpText("after", () => examplesText(one.name()));
  return program;
}

function addReport(program: Command): void {
  program
    .command("report")
    .description("Render a recorded run again, or the shards of one run together")
    .argument("<files...>", "event streams, as run --reporter jsonl:<file> wrote them")
    .option("-r, --reporter <name[:path]>", REPORTERS, collectOption)
    .option("--baseline <file>", BASELINE)
    .option("--compare <file>", COMPARE)
    .action(async (files: readonly string[], flags: ReportFlags) => {
      const { reportCommand } = await import("./commands/report.ts");
      process.exitCode = await reportCommand(files, flags);
    });
}

function addServe(program: Command): void {
  program
    .command("serve")
    .description("Start the mock IdP, the partner apps and the stand-ins for Entra, until Ctrl-C")
    .option("-c, --config <file>", "configuration file (default: mfa-harness.yaml, if there is one)")
    .option("-p, --port <port>", "port of the mock IdP (default: any free one)", positiveInteger)
    .option("--host <address>", "address that the IdP listens on (default: 127.0.0.1)")
    .option("--external-url <url>", "the URL under which others reach the IdP, e.g. at a reverse proxy")
    .option("--https", "talk https, with an authority made at start")
    .option("--ca-file <file>", "where its certificate is written to (default: mfa-harness-ca.pem)")
    .option(
      "--api-token <token>",
      "what the live API demands (default: none where only this machine can ask)",
    )
    .option("--redis <url>", "where replicas keep their state and keys (default: each its own, in memory)")
    .option("--auto-sign-in", "sign everybody in at once, without a page (login_hint says whom)")
    .option("--fresh-keys", FRESH_KEYS)
    .option("-n, --now <time>", "where the clock of the IdP starts, ISO 8601 or seconds", seconds)
    .action(async (flags: ServeFlags) => {
      if (!hasKeptKeys()) (await import("../emission/keys/keys.ts")).makePairAhead();
      const { serveCommand } = await import("./commands/serve.ts");
      await serveCommand(flags);
    });
}

function addJudge(program: Command): void {
  program
    .command("judge")
    .description("Judge every token and response in a file, and say what to change")
    .argument(
      "<files...>",
      "tokens and SAML or WS-Federation responses in any wrapping, HAR files; - for standard input",
    )
    .option(
      "-k, --keys <file>",
      "JWKS, certificate, public key or metadata that the signature must verify with; repeatable",
      collectOption,
    )
    .option(
      "-p, --policy <name or file>",
      "oidc, partner-api, entra-saml, entra-wsfed, entra-eam, saml-attribute, refeds-mfa, saml-any, wsfed-any, strict, or a YAML file that extends one (default: what fits)",
    )
    .addOption(
      new Option("--kind <kind>", "what it is, where that is only guessed").choices([
        "id-token",
        "access-token",
        "eam-token",
        "saml-response",
        "ws-fed-response",
      ]),
    )
    .option("-n, --now <time>", "the moment to judge at, ISO 8601 or seconds since the epoch", seconds)
    .option("-i, --issuer <id>", "the only issuer to trust the keys for")
    .option("-a, --audience <id>", "the audience expected; repeatable", collectOption)
    .option("--json", "print the verdict as JSON")
    .action(async (files: readonly string[], flags: JudgeFlags) => {
      const { judgeCommand } = await import("./commands/judge.ts");
      process.exitCode = await judgeCommand(files, flags);
    });
}

function addRules(program: Command): void {
  program
    .command("rules")
    .description("List every rule with its severity and where it is written, or what the scenarios cover")
    .option("--coverage", "show how the scenarios stand against public suites, known failures and the rules")
    .option("-c, --config <file>", "configuration file, for its scenarios")
    .option("--json", "print them as JSON")
    .action(async (flags: RulesFlags) => {
      const { rulesCommand } = await import("./commands/rules.ts");
      await rulesCommand(flags);
    });
}

/** Runs the command line. Exit codes: 0 all well, 1 something judged or run did not pass, 2 could not do the work. */
export async function runProgram(): Promise<void> {
  keepLoopbackFromProxies(process.env);
  const program = createProgram(process.argv[2]);
  for (const command of [program, ...program.commands]) command.exitOverride();
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = explain(error);
  }
}

function explain(thrown: unknown): number {
  const error = environmentProblem(thrown) ?? thrown;
  if (error instanceof CommanderError) return exitCodeOf([error.exitCode === 0 ? "ok" : "unable"]);
  if (error instanceof HarnessError) {
    fail(withoutSecrets(`${error.message}\n${error.hint}\n`));
    return exitCodeOf(["unable"]);
  }
  const message = error instanceof Error ? error.message : String(error);
  fail(
    `mfa-harness failed by its own fault: ${message}\nPlease report it; MFA_HARNESS_DEBUG=1 shows where.\n`,
  );
  if (process.env["MFA_HARNESS_DEBUG"] === "1" && error instanceof Error) fail(`${error.stack ?? ""}\n`);
  return exitCodeOf(["unable"]);
}
