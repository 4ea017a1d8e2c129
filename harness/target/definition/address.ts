import { z } from "zod";
import { isLoopback } from "../../transport/loopback.ts";

/** An address that a target is reached at. */
export const addressSchema = z.url({ protocol: /^https?$/ });

/** An address in which names in braces stand for what each sign-in puts there; `{idp}` may be its origin. */
export const addressPatternSchema = z
  .string()
  .refine(
    (text) => text.startsWith("{idp}/") || (/^https?:\/\//.test(text) && URL.canParse(text)),
    "expected an http or https address, or {idp}/ and a path",
  );

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
    if (url === null || consent === true || isLoopback(url)) continue;
    const message = `${url.hostname} is not this machine; expected consent: true beside it, once its owner agreed`;
    addIssue(name.split("."), message);
  }
}
