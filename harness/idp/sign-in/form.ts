import { z } from "zod";
import { isXmlText } from "../../emission/xml/xml.ts";
import { DEFAULT_USER } from "../pages/sign-in-page.ts";
import { RequestRefusal } from "../refusal.ts";

/** Second factors that the sign-in page offers. */
const SECOND_FACTORS = ["totp", "push", "none"] as const;

/** The second factor that somebody chose. */
export type SecondFactor = (typeof SECOND_FACTORS)[number];

/** A text of a form; a field that was left empty is as good as absent. */
const text = (limit: number) => z.string().max(limit).default("");

const formSchema = z.object({
  user: z.string().min(1).max(256).refine(isXmlText).default(DEFAULT_USER),
  emission: z.string().max(256).optional(),
  /**
   * `sign-in`: as a driver, nobody is asked for anything. `continue`: as a person. `session`: the open session is
   * used. `deny`: on the phone. `back`: to the first page.
   */
  action: z.enum(["sign-in", "continue", "session", "deny", "back", "cancel"]).default("sign-in"),
  password: text(1024),
  factor: z.enum(SECOND_FACTORS).default("none"),
  code: text(32),
  /** The number chosen on the phone. */
  number: text(8),
  /** Names the sign-in that a later page belongs to; empty: it is the first page. */
  step: text(64),
  /** What the list of emissions is to be filtered by … */
  find: text(100),
  /** … and what it was filtered by when the page was made. */
  found: text(100),
});

/** What a page of the sign-in sent back. */
export type SignInForm = Readonly<z.output<typeof formSchema>>;

/**
 * Reads what a page of the sign-in sent back.
 *
 * @param body form as the web framework parsed it
 * @throws RequestRefusal naming the fields that cannot be used
 */
export function readSignInForm(body: unknown): SignInForm {
  const parsed = formSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map(({ path }) => path.join(".") || "form");
  throw new RequestRefusal(`The request lacks a usable ${names.join(" and ")}`);
}
