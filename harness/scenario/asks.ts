import { z } from "zod";
import type { Channel } from "../emission/channels.ts";

/** How a class that is asked for is compared with the one that is stated (SAML core §3.3.2.2.1). */
const COMPARISONS = ["exact", "minimum", "maximum", "better"] as const;

/** What a partner app asks for whenever it sends somebody to the IdP: a relying party, or a service provider. */
export const asksSchema = z.strictObject({
  acr_values: z.array(z.string().min(1)).min(1).optional().describe("Classes, the preferred one first"),
  claims: z.record(z.string(), z.json()).optional().describe("Single claims; an essential acr is demanded"),
  max_age: z.int().min(0).optional().describe("Seconds since the person signed in, at most"),
  prompt: z.enum(["none", "login", "consent", "select_account"]).optional(),
  requestedAuthnContext: z
    .strictObject({
      classes: z.array(z.string().min(1)).min(1),
      comparison: z.enum(COMPARISONS).default("exact"),
    })
    .optional(),
  forceAuthn: z.literal(true).optional().describe("The person is to sign in anew"),
  isPassive: z.literal(true).optional().describe("The person is not to be asked anything"),
  nameIdFormat: z.string().min(1).optional().describe("How the person is to be named: NameIDPolicy/@Format"),
  subject: z
    .string()
    .min(1)
    .optional()
    .describe("Whom the answer has to be about; {user} stands for whoever signs in"),
});

/** What a partner app asks for, by the names that its protocol has for it. */
export type Asks = Readonly<z.output<typeof asksSchema>>;

const SAML_WORDS: readonly string[] = [
  "requestedAuthnContext",
  "forceAuthn",
  "isPassive",
  "nameIdFormat",
  "subject",
];

/** The same with the name of whoever signs in where it is to be asked for. */
export function asksAbout(asks: Asks, user: string): Asks {
  const { subject } = asks;
  return subject === undefined ? asks : { ...asks, subject: subject.replaceAll("{user}", user) };
}

/** Whether everything that is asked can be asked on this channel. */
export function canAsk(channel: Channel, asks: Readonly<Partial<Record<keyof Asks, unknown>>>): boolean {
  const words = Object.keys(asks);
  if (channel === "saml") return words.every((word) => SAML_WORDS.includes(word));
  return channel === "oidc" && words.every((word) => !SAML_WORDS.includes(word));
}
