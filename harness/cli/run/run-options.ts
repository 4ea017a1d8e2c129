import { type Command, InvalidArgumentError, Option } from "commander";
import type { Shard } from "../../run/events.ts";
import { FRESH_KEYS, hasKeptKeys } from "../kept-keys.ts";
import { collectOption, count, positiveInteger } from "../options.ts";
import type { RunFlags } from "./run-request.ts";

/** Every reporter, for help texts. */
export const REPORTERS =
  "list, json, jsonl, junit, sarif, tap, html, github or markdown; repeatable (default: list and html)";

/** What a baseline is, for help texts. */
export const BASELINE = "known failures, each with owner, reason and last day";

/** What a comparison is, for help texts. */
export const COMPARE = "event stream of an earlier run: tells what is new, fixed and changed";

const EVIDENCE =
  "where screenshots and traces of browser cases that do not pass are kept (default: mfa-harness-evidence)";

function pattern(text: string): RegExp {
  try {
    return new RegExp(text, "i");
  } catch {
    throw new InvalidArgumentError("Expected a regular expression.");
  }
}

function shard(text: string): Shard {
  const [, index, total] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(text) ?? [];
  const found = { index: Number(index), count: Number(total) };
  if (found.index <= found.count) return found;
  throw new InvalidArgumentError("Expected i/n, such as 1/4.");
}

/** Adds `run` with all its flags. */
export function addRun(program: Command): void {
  program
    .command("run")
    .description(
      "Run scenarios against your targets, or the library and the reference partner apps; exit code 1: some failed, 3: some are undecided",
    )
    .argument("[paths...]", "scenario files or folders (default: those that come with mfa-harness)")
    .option("-c, --config <file>", "configuration file (default: mfa-harness.yaml, if there is one)")
    .option("-r, --reporter <name[:path]>", REPORTERS, collectOption)
    .option(
      "-t, --transport <name>",
      "direct, protocol or browser; repeatable (default: direct and protocol)",
      collectOption,
    )
    .option("--target <name>", "only this target; repeatable (default: yours)", collectOption)
    .option("-g, --grep <regex>", "only cases whose id, title, references or covers match", pattern)
    .option("--list", "show the cases and run nothing; with --reporter jsonl, as JSON")
    .option("-w, --workers <count>", "cases at the same time (default: 8)", positiveInteger)
    .option("--timeout <seconds>", "longest time for one attempt at a case (default: 60)", positiveInteger)
    .option("--retries <count>", "how often a case that did not pass is tried again, which is told", count)
    .option("--evidence <folder>", EVIDENCE)
    .option("--no-evidence", "keep no screenshot and no trace")
    .option("--fail-fast", "end the run with the first case that does not pass")
    .option("--watch", "run again whenever a scenario or the configuration changes")
    .option("--seed <number>", "shuffle the cases, the same way for the same number", count)
    .option("--shard <i/n>", "only the i-th of n parts; mfa-harness report puts them together", shard)
    .addOption(
      new Option("--resume <file>", "go on with an interrupted run: its event stream").conflicts("watch"),
    )
    .option("--fresh-keys", FRESH_KEYS)
    .option("--baseline <file>", BASELINE)
    .option("--compare <file>", COMPARE)
    .option("--flawed", "prove the scenarios: run apps with one deliberate mistake each, and correct ones")
    .option("--hunt <scenarios>", "with --flawed: until the first that tells (default), those named, or all")
    .action(async (paths: readonly string[], flags: RunFlags) => {
      if (!hasKeptKeys()) (await import("../../emission/keys/keys.ts")).makePairAhead();
      const { runCommand } = await import("../commands/run.ts");
      process.exitCode = await runCommand(paths, flags);
    });
}
