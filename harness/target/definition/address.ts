import { z } from "zod";
import { isLoopback } from "../../transport/loopback.ts";
import { placeholdersOf } from "../address-pattern.ts";

/** An address that a target is reached at. */
export const addressSchema = z.url({ protocol: /^https?$/ });

/**
 * An address in which names in braces stand for what each sign-in puts there.
 *
 * @param known names that may stand in it; where `idp` is one of them, the address may begin with it
 * @param needed one of these has to stand in it, else it would say the same for every sign-in; empty: none has to
 */
export function addressPattern(known: readonly string[], needed: readonly string[] = known) {
  return z.string().superRefine((text, context) => {
    const isAddress = /^https?:\/\//.test(text) && URL.canParse(text);
    if (!isAddress && !(known.includes("idp") && text.startsWith("{idp}/"))) {
      const besides = known.includes("idp") ? ", or {idp}/ and a path" : "";
      context.addIssue({ code: "custom", message: `expected an http or https address${besides}` });
    }
    const given = placeholdersOf(text);
    for (const name of given.filter((one) => !known.includes(one))) {
      const message = `{${name}} stands for nothing; expected ${inBraces(known)}`;
      context.addIssue({ code: "custom", message });
    }
    if (needed.length > 0 && !needed.some((name) => given.includes(name))) {
      context.addIssue({ code: "custom", message: `expected ${inBraces(needed)} in it` });
    }
  });
}

function inBraces(names: readonly string[]): string {
  return names.map((name) => `{${name}}`).join(" or ");
}

/** Members that let a target be somewhere else than on this machine. */
export const consentShape = {
  consent: z
    .literal(true)
    .optional()
    .describe("Whoever runs the host agreed to be tested; without it only this machine is"),
  requestsPerSecond: z
    .number()
    .positive()
    .max(100)
    .optional()
    .describe("Most requests to a host that is not this machine; default 5"),
};

/** What a target says about being elsewhere. */
export interface Consent {
  readonly consent?: true | undefined;
  readonly requestsPerSecond?: number | undefined;
}

/** Adds a problem for each address that is not on this machine and to whose test nobody agreed. */
export function checkConsent(
  { consent }: Consent,
  addresses: Readonly<Record<string, string | undefined>>,
  addIssue: (path: readonly string[], message: string) => void,
): void {
  for (const [name, address] of Object.entries(addresses)) {
    const url = address === undefined ? null : URL.parse(address);
    if (url === null || !/^https?:$/.test(url.protocol) || consent === true || isLoopback(url)) continue;
    const message = `${url.hostname} is not this machine; expected consent: true beside it, once its owner agreed`;
    addIssue(name.split("."), message);
  }
}
