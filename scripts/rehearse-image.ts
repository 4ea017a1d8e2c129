import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Stage, stagesIn, type Step } from "./image/dockerfile.ts";

// Does without Docker what docker/idp.Dockerfile says: each stage is a folder that holds exactly what is copied there, so
// that a file which the build needs and nobody copies is missed here as it would be there.

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What the started image is asked to do. */
const TRIED = ["run", "--reporter", "list", "--grep", "^(id-token-with-mfa|class-password)/protocol"];

interface Rehearsal {
  /** Where the folders of all stages are. */
  readonly work: string;
  readonly ignored: readonly string[];
}

/** The image has no other Node.js than its own, which is this one. */
const PATH = [dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter);

function runIn(folder: string, program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  const { status, error } = spawnSync(program, args, {
    cwd: folder,
    stdio: "inherit",
    env: { ...process.env, PATH, ...env },
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${[program, ...args].join(" ")} ended with ${status}`);
}

async function copy(step: Step & { kind: "copy" }, stageFolder: string, all: Rehearsal): Promise<void> {
  const from = step.from === undefined ? ROOT : join(all.work, step.from);
  for (const source of step.sources) {
    if (step.from === undefined && all.ignored.includes(source.split("/")[0] ?? ""))
      throw new Error(`COPY ${source}: .dockerignore keeps it out`);
    // A folder's content goes into the folder that is named, a file into it under its own name.
    const to = step.to.endsWith("/") ? join(step.to, basename(source)) : step.to;
    await cp(join(from, source), join(stageFolder, to), { recursive: true });
  }
}

async function rehearse(stage: Stage, place: string, all: Rehearsal): Promise<NodeJS.ProcessEnv> {
  const folder = join(place, stage.folder);
  const env: NodeJS.ProcessEnv = {};
  await mkdir(folder, { recursive: true });
  for (const step of stage.steps) {
    if (step.kind === "copy") await copy(step, folder, all);
    else if (step.kind === "env") env[step.name] = step.value;
    // What is done to the root of the image has no folder here.
    else if (/(?:^|\s)\//.test(step.command)) process.stdout.write(`left out: RUN ${step.command}\n`);
    else runIn(folder, "sh", ["-c", step.command], env);
  }
  return env;
}

const all: Rehearsal = {
  work: await mkdtemp(join(tmpdir(), "mfa-harness-image-")),
  ignored: (await readFile(join(ROOT, ".dockerignore"), "utf8")).split("\n").filter(Boolean),
};
try {
  const stages = stagesIn(await readFile(join(ROOT, "docker/idp.Dockerfile"), "utf8"));
  for (const [index, stage] of stages.entries()) {
    const place = join(all.work, stage.name ?? String(index));
    const env = await rehearse(stage, place, all);
    const [program, ...args] = stage.entrypoint;
    if (program !== undefined) runIn(join(place, stage.folder), program, [...args, ...TRIED], env);
  }
} finally {
  await rm(all.work, { recursive: true, force: true });
}
