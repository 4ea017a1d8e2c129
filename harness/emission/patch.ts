import { HarnessError } from "../errors.ts";
import { flooded } from "./flood.ts";
import { jsonText, rawText } from "./json-text.ts";
import type { EmissionModel, Json } from "./model.ts";
import type { Patch } from "./patch-schema.ts";

/** Names that reach into JavaScript's own objects instead of the model. */
const FORBIDDEN: readonly string[] = ["__proto__", "prototype", "constructor"];

function fail(patch: Patch, problem: string): never {
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `patch ${patch.op} ${patch.path}: ${problem}`,
    "Compare the path with what this channel and profile emit.",
  );
}

/** RFC 6901: `~1` stands for `/` and `~0` for `~`, undone in this order. */
function parsePointer(patch: Patch): readonly string[] {
  const tokens = patch.path
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
  const forbidden = tokens.find((token) => FORBIDDEN.includes(token));
  if (forbidden !== undefined) fail(patch, `"${forbidden}" is not a member of any artifact`);
  return tokens;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

/** One place in the model: how to read, write and remove it. */
interface Place {
  readonly exists: boolean;
  readonly value: unknown;
  readonly write: (value: unknown) => void;
  readonly remove: () => void;
}

function memberOf(parent: Json, name: string): Place {
  return {
    exists: Object.hasOwn(parent, name),
    value: parent[name],
    write: (value) => void (parent[name] = value),
    remove: () => void delete parent[name],
  };
}

function elementOf(parent: unknown[], token: string): Place | undefined {
  const index = token === "-" ? parent.length : /^(0|[1-9]\d*)$/.test(token) ? Number(token) : -1;
  if (index < 0 || index > parent.length) return undefined;
  return {
    exists: index < parent.length,
    value: parent[index],
    write: (value) => void (parent[index] = value),
    remove: () => void parent.splice(index, 1),
  };
}

function placeIn(parent: unknown, token: string): Place | undefined {
  if (isObject(parent)) return memberOf(parent, token);
  return isList(parent) ? elementOf(parent, token) : undefined;
}

function findPlace(root: EmissionModel, patch: Patch): Place {
  let parent: unknown = root;
  let place: Place | undefined;
  const walked: string[] = [];
  for (const token of parsePointer(patch)) {
    if (place !== undefined && !place.exists) fail(patch, `there is no /${walked.join("/")}`);
    place = placeIn(parent, token);
    if (place === undefined) fail(patch, `/${walked.join("/")} has no place "${token}"`);
    walked.push(token);
    parent = place.value;
  }
  return place ?? fail(patch, "the path is empty");
}

/** What a patch writes where something is already. */
function changedValue(patch: Patch, value: unknown): unknown {
  if (patch.op === "surround") return rawText(`${patch.before}${jsonText(value)}${patch.after}`);
  if (patch.op === "affix") {
    if (typeof value !== "string") fail(patch, `${JSON.stringify(value)} is not a text`);
    return `${patch.before}${value}${patch.after}`;
  }
  if (patch.op === "address") {
    const there = typeof value === "string" ? URL.parse(value) : null;
    if (there === null) fail(patch, `${JSON.stringify(value)} is not an address`);
    return new URL(patch.at, there).href;
  }
  if (patch.op !== "shift") return fail(patch, "no key is at hand here");
  if (typeof value !== "number") fail(patch, `${JSON.stringify(value)} is not a time`);
  return value + patch.seconds;
}

function applyPatch(model: EmissionModel, patch: Patch): void {
  const place = findPlace(model, patch);
  switch (patch.op) {
    case "set":
      return place.write(structuredClone(patch.value));
    case "raw":
      return place.write(rawText(patch.text));
    case "flood":
      return place.write(flooded(patch));
    default:
      if (!place.exists) fail(patch, "there is nothing at this path");
      return patch.op === "remove" ? place.remove() : place.write(changedValue(patch, place.value));
  }
}

/**
 * Makes the changes of an emission to one thing that it emits, in their order, on a copy; changes to other things wait
 * for theirs.
 *
 * `set`, `raw` and `flood` make their last member if it is missing, everything above it must exist; in a list, an index or `-`
 * for the end.
 *
 * @param member what is emitted, e.g. `idToken`; the paths of its patches begin with it
 * @returns undefined when a patch took it away
 * @throws HarnessError `ERR_SCENARIO_INVALID` when a path leads nowhere, or a `shift` meets something that is no number
 */
export function patched<Member extends keyof EmissionModel>(
  member: Member,
  value: NonNullable<EmissionModel[Member]>,
  patches: readonly Patch[],
): EmissionModel[Member] {
  const model: EmissionModel = {};
  model[member] = structuredClone(value);
  for (const patch of patches) if (patch.path.split("/")[1] === member) applyPatch(model, patch);
  return model[member];
}
