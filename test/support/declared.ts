import type { Emission } from "../../harness/emission/emission.ts";
import type { Patch } from "../../harness/emission/patch-schema.ts";
import { differences, type Structure } from "./structure.ts";

/** Makes the message of an emission and takes it apart; throws where there is no way to make it. */
export type Render = (emission: Emission) => Promise<Structure>;

/** Written where a patch writes, they show what it feeds, whatever its type: a writer refuses those that cannot be there. */
const PROBES: readonly unknown[] = ["probe", ["probe"], [], {}, [{}], 3];

/** Elements that the members of a `signature` make; what a signature looks like feeds nothing else. */
const SIGNATURE_PARTS: Readonly<Record<string, string>> = {
  of: "Signature",
  algorithm: "SignatureMethod",
  digest: "DigestMethod",
  transforms: "Transforms",
  keyInfo: "KeyInfo",
  edits: "SignedInfo",
};

function probesOf(patch: Patch): readonly Patch[] {
  if (patch.op === "remove") return [patch];
  return PROBES.map((value) => ({ op: "set" as const, path: patch.path, value }));
}

/** Places that a path of the model feeds: those that change when something else is written there, or nothing. */
async function fedBy(patch: Patch, before: Emission, render: Render): Promise<readonly string[]> {
  const base = await render(before);
  const places = probesOf(patch).map(async (probe) => {
    try {
      return differences(base, await render({ ...before, patch: [...before.patch, probe] }));
    } catch {
      return [];
    }
  });
  return (await Promise.all(places)).flat();
}

function signatureElements(patch: Patch): readonly string[] {
  const [, , name, member] = patch.path.split("/");
  if (name !== "signature") return [];
  const whole = patch.op === "set" && typeof patch.value === "object" ? Object.keys(patch.value ?? {}) : [];
  return (member === undefined ? whole : [member]).flatMap((one) => SIGNATURE_PARTS[one] ?? []);
}

/** What the patches of an emission say that they change. */
interface Declared {
  readonly fed: ReadonlySet<string>;
  /** Places whose children a patch may add to: a text that it writes, or the parent of an element that it makes. */
  readonly open: ReadonlySet<string>;
  /** Names of elements inside which anything may be. */
  readonly elements: readonly string[];
}

function parentOf(place: string): string {
  return place.slice(0, place.lastIndexOf("/"));
}

/** What makes an element may make another beside it; raw text may end the element that it stands in, too. */
function opened(place: string, { op }: Patch): readonly string[] {
  if (place.includes("/@")) return [];
  return op === "raw" ? [parentOf(place), parentOf(parentOf(place))] : [parentOf(place)];
}

function ancestors(place: string): readonly string[] {
  const names = place.split("/");
  return names.map((_name, index) => names.slice(0, index + 1).join("/"));
}

function isDeclared(place: string, control: Structure, { fed, open, elements }: Declared): boolean {
  const above = ancestors(place);
  if (above.some((one) => fed.has(one))) return true;
  if (above.some((one) => !control.has(one) && open.has(parentOf(one)))) return true;
  return elements.some((name) => place.includes(`/${name}[`));
}

async function declaredBy(emission: Emission, control: Emission, render: Render): Promise<Declared> {
  const added = emission.patch.filter((patch) => !holds(control, patch));
  const dropped = control.patch.filter((patch) => !holds(emission, patch));
  const fed = [...dropped, ...added].map(async (patch) => {
    const before = added.slice(0, Math.max(0, added.indexOf(patch)));
    const places = await fedBy(patch, { ...control, patch: [...control.patch, ...before] }, render);
    return { places, open: places.flatMap((place) => opened(place, patch)) };
  });
  const found = await Promise.all(fed);
  return {
    fed: new Set(found.flatMap(({ places }) => places)),
    open: new Set(found.flatMap(({ open }) => open)),
    elements: added.flatMap(signatureElements),
  };
}

function holds({ patch: patches }: Emission, patch: Patch): boolean {
  return patches.some((one) => JSON.stringify(one) === JSON.stringify(patch));
}

/**
 * Finds what a message of XML changes without saying so.
 *
 * Each patch names a member of the model. Which places of the XML that member feeds is found out by writing something
 * else there; every difference to the control has to lie in one of them.
 *
 * @param render makes the message; what it makes of the same emission is always the same
 */
export async function undeclaredInXml(
  emission: Emission,
  control: Emission,
  render: Render,
): Promise<readonly string[]> {
  const good = await render(control);
  const declared = await declaredBy(emission, control, render);
  return differences(good, await render(emission)).filter((place) => !isDeclared(place, good, declared));
}

/** A whole segment changes only by a patch of the whole; a list or an object that was emptied is a place itself. */
function isNamed(place: string, pointer: string): boolean {
  if (place === pointer || place.startsWith(`${pointer}/`)) return true;
  return pointer.startsWith(`${place}/`) && place.split("/").length > 2;
}

/** Finds what a token changes without a patch that says so: the pointers of its patches are those of the token. */
export function undeclaredInToken(
  good: Structure,
  bad: Structure,
  pointers: readonly string[],
): readonly string[] {
  return differences(good, bad).filter((place) => !pointers.some((one) => isNamed(place, one)));
}
