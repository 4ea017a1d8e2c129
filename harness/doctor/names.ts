import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { namedAddresses } from "../target/definition/app.ts";
import type { TargetDefinition } from "../target/definition/targets.ts";
import { withinStage } from "../stage.ts";
import { broken, type Check, fine } from "./check.ts";

/** Addresses that a target is asked at. */
export function addressesOf(definition: TargetDefinition): readonly string[] {
  if (definition.kind === "api") return [definition.url];
  if (definition.kind !== "app") return [];
  const named = Object.values(namedAddresses(definition)).filter((address) => address !== undefined);
  // An address at the IdP has its name from elsewhere.
  return named.filter((address) => URL.canParse(address));
}

/** Whether each name leads to an address. */
export async function checkNames(addresses: readonly string[]): Promise<readonly Check[]> {
  const names = new Set(addresses.map((address) => new URL(address).hostname.replaceAll(/[[\]]/g, "")));
  return await Promise.all([...names].filter((name) => isIP(name) === 0).map(checkName));
}

const LONGEST_LOOKUP_SECONDS = 10;

async function checkName(name: string): Promise<Check> {
  const what = `name ${name}`;
  try {
    const stage = { what: `the address of ${name}`, seconds: LONGEST_LOOKUP_SECONDS };
    const found = await withinStage(stage, () => lookup(name, { all: true }));
    return fine(what, `is ${found.map(({ address }) => address).join(", ")}`);
  } catch {
    return broken(
      what,
      "leads nowhere",
      "Correct the address in mfa-harness.yaml, or add the name to the hosts file.",
    );
  }
}
