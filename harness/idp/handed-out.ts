import type { EmissionMember } from "../emission/model.ts";
import { makeBoundedMap } from "./store/bounded-map.ts";

/** What really left this IdP of each choice: a patch of something that nobody asked for has no effect. */
export interface HandedOut {
  readonly add: (choice: string, member: EmissionMember) => void;
  /** Each member once, in the order in which they first went out. */
  readonly of: (choice: string) => readonly EmissionMember[];
  readonly forget: (choice: string) => void;
}

/** Choices that are remembered at a time. */
const LIMIT = 10_000;

/** Makes an empty record, of this process alone. */
export function makeHandedOut(): HandedOut {
  const byChoice = makeBoundedMap<Set<EmissionMember>>(LIMIT);
  return {
    add: (choice, member) => {
      const members = byChoice.get(choice) ?? new Set();
      byChoice.put(choice, members.add(member));
    },
    of: (choice) => [...(byChoice.get(choice) ?? [])],
    forget: byChoice.remove,
  };
}
