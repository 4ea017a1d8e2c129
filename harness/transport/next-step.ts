import type { HTMLElement } from "node-html-parser";
import type { SignInPlan } from "./exchange.ts";
import { submitForm, type PageRequest } from "./form.ts";
import { parsePage } from "./parse-page.ts";

/** What a page wants to happen next: the person signs in, the page moves on by itself, or it rests. */
export type NextStep =
  | { readonly kind: "sign-in"; readonly request: PageRequest }
  | { readonly kind: "move"; readonly request: PageRequest; readonly afterSeconds?: number }
  | { readonly kind: "rest"; readonly scripted: boolean };

/** What a driver enters on the IdP's sign-in page. */
export type SignInEntry = Pick<SignInPlan, "idpOrigin" | "user" | "choice" | "action">;

/** Marks the only form that a driver fills in; it counts on the IdP's origin alone. */
export const SIGN_IN_FORM = 'form[data-mfa-harness="sign-in"]';

/**
 * Reads what a page wants next.
 *
 * @param html the page's text
 * @param page its URL
 * @param entry what to enter if it is the IdP's sign-in page
 */
export function readNextStep(html: string, page: URL, entry: SignInEntry): NextStep {
  const root = parsePage(html);
  const signIn = page.origin === entry.idpOrigin ? root.querySelector(SIGN_IN_FORM) : null;
  if (signIn !== null) {
    const { user, choice, action = "sign-in" } = entry;
    const entered = { user, emission: choice, action };
    return { kind: "sign-in", request: submitForm(signIn, page, entered) };
  }
  const form = root.querySelector('form[data-mfa-harness="post"]') ?? autoSubmitForm(root);
  if (form !== null) return { kind: "move", request: submitForm(form, page) };
  const refresh = refreshOf(root, page);
  if (refresh !== undefined) return refresh;
  return { kind: "rest", scripted: root.querySelector("script") !== null };
}

/** The one form of a page whose own script submits it, as IdPs and SAML bindings use it. */
function autoSubmitForm(root: HTMLElement): HTMLElement | null {
  const [form, ...others] = root.querySelectorAll("form");
  if (form === undefined || others.length > 0) return null;
  const scripts = root.querySelectorAll("script").map((script) => script.rawText);
  const onload = root.querySelector("body")?.getAttribute("onload") ?? "";
  return [onload, ...scripts].some((text) => /\bsubmit\s*(\(|\.call\s*\()/.test(text)) ? form : null;
}

/** A page that refreshes itself later than this shows something now. */
const LONGEST_WAIT_SECONDS = 10;

function refreshOf(root: HTMLElement, page: URL): NextStep | undefined {
  const meta = root
    .querySelectorAll("meta")
    .find((element) => element.getAttribute("http-equiv")?.toLowerCase() === "refresh");
  const content = /^\s*(\d+)[\d.]*\s*(?:$|[;,\s]\s*(?:url\s*=)?\s*(.*)$)/i.exec(
    meta?.getAttribute("content") ?? "x",
  );
  const afterSeconds = Number(content?.[1]);
  if (content === null || afterSeconds > LONGEST_WAIT_SECONDS) return undefined;
  const target = (content[2] ?? "").trim().replace(/^(['"])(.*)\1$/, "$2");
  if (!URL.canParse(target, page)) return undefined;
  return { kind: "move", request: { method: "GET", url: new URL(target, page) }, afterSeconds };
}
