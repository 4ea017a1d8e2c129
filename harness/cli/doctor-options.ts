import type { Command } from "commander";
import type { DoctorFlags } from "./commands/doctor.ts";
import { FRESH_KEYS } from "./kept-keys.ts";
import { collectOption } from "./options.ts";

/** Adds `doctor` with all its flags. */
export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description(
      "Start what a run would start and look whether it can tell anything; exit code 1: broken, 3: doubtful",
    )
    .option("-c, --config <file>", "configuration file (default: mfa-harness.yaml, if there is one)")
    .option("-t, --transport <name>", "direct, protocol or browser; repeatable", collectOption)
    .option("--target <name>", "only this target; repeatable", collectOption)
    .option("--fresh-keys", FRESH_KEYS)
    .option("--json", "print the checks as JSON")
    .action(async (flags: DoctorFlags) => {
      const { doctorCommand } = await import("./commands/doctor.ts");
      process.exitCode = await doctorCommand(flags);
    });
}
