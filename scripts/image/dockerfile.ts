/** One instruction of a Dockerfile that does something to a folder. */
export type Step =
  | {
      readonly kind: "copy";
      /** The stage that it copies from; undefined: the folder of the build. */
      readonly from: string | undefined;
      readonly sources: readonly string[];
      readonly to: string;
    }
  | { readonly kind: "run"; readonly command: string }
  | { readonly kind: "env"; readonly name: string; readonly value: string };

/** What a Dockerfile makes between two lines of FROM. */
export interface Stage {
  /** Undefined: none is given. */
  readonly name: string | undefined;
  readonly folder: string;
  readonly steps: readonly Step[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

interface Instruction {
  readonly word: string;
  readonly rest: string;
}

function instructionsIn(text: string): readonly Instruction[] {
  return text
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const [, word = "", rest = ""] = /^(\S+)\s+(.*)$/.exec(line.trim()) ?? [];
      return { word: word.toUpperCase(), rest };
    });
}

function listOf(json: string): readonly string[] {
  const list: unknown = JSON.parse(json);
  if (!Array.isArray(list)) throw new Error(`expected a JSON list, found ${json}`);
  return list.map(String);
}

function copyOf(rest: string): Step {
  const [, from, paths = ""] = /^(?:--from=(\S+)\s+)?(.*)$/.exec(rest) ?? [];
  const all = paths.split(/\s+/);
  return { kind: "copy", from, sources: all.slice(0, -1), to: all.at(-1) ?? "" };
}

function withStep(stage: Stage, step: Step): Stage {
  return { ...stage, steps: [...stage.steps, step] };
}

function withInstruction(stage: Stage, { word, rest }: Instruction): Stage {
  switch (word) {
    case "WORKDIR":
      return { ...stage, folder: rest };
    case "COPY":
      return withStep(stage, copyOf(rest));
    case "RUN":
      return withStep(stage, { kind: "run", command: rest });
    case "ENV": {
      const [name = "", ...value] = rest.split("=");
      return withStep(stage, { kind: "env", name, value: value.join("=") });
    }
    case "ENTRYPOINT":
      return { ...stage, entrypoint: listOf(rest) };
    case "CMD":
      return { ...stage, command: listOf(rest) };
    case "USER":
      return stage;
    default:
      throw new Error(`the rehearsal knows no ${word}: teach it, or leave the instruction out`);
  }
}

/**
 * Reads the instructions of a Dockerfile that the rehearsal knows.
 *
 * @throws Error for one that it does not know
 */
export function stagesIn(text: string): readonly Stage[] {
  const stages: Stage[] = [];
  for (const instruction of instructionsIn(text)) {
    const stage = stages.at(-1);
    if (instruction.word === "FROM") {
      const [, name] = / AS (\S+)$/i.exec(instruction.rest) ?? [];
      stages.push({ name, folder: "/", steps: [], entrypoint: [], command: [] });
    } else if (stage === undefined) throw new Error(`${instruction.word} stands before the first FROM`);
    else stages[stages.length - 1] = withInstruction(stage, instruction);
  }
  return stages;
}
