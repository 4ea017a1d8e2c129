import { parse, type HTMLElement } from "node-html-parser";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { deflated } from "./requests.ts";

/** A form as a user agent without scripts would find it. */
interface FoundForm {
  /** Value of `data-mfa-harness`. */
  readonly kind: string | undefined;
  readonly action: string;
  /** Hidden fields. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A page, and its one form if it has one. */
export interface FoundPage {
  readonly status: number;
  readonly html: string;
  readonly form: FoundForm | undefined;
}

/** What a person does on the sign-in page. */
export interface PersonAnswer {
  readonly user?: string;
  readonly emission?: string;
  readonly action?: string;
}

function readForm(form: HTMLElement | null): FoundForm | undefined {
  if (form === null) return undefined;
  const fields: Record<string, string> = {};
  for (const input of form.querySelectorAll("input[type=hidden]")) {
    fields[input.getAttribute("name") ?? ""] = input.getAttribute("value") ?? "";
  }
  return {
    kind: form.getAttribute("data-mfa-harness"),
    action: form.getAttribute("action") ?? "",
    fields,
  };
}

/** Reads what a user agent was sent. */
export async function readPage(response: Response): Promise<FoundPage> {
  const html = await response.text();
  return { status: response.status, html, form: readForm(parse(html).querySelector("form")) };
}

/** Opens a page. */
export async function openPage(url: string): Promise<FoundPage> {
  return await readPage(await fetch(url));
}

/** Sends an AuthnRequest by the redirect binding. */
export async function redirectTo(idp: MockIdp, xml: string, relayState?: string): Promise<FoundPage> {
  const query = new URLSearchParams({ SAMLRequest: deflated(xml) });
  if (relayState !== undefined) query.set("RelayState", relayState);
  return await openPage(`${idp.origin}/saml/sso?${query}`);
}

/** Posts a form. */
export async function postForm(url: string, fields: Readonly<Record<string, string>>): Promise<FoundPage> {
  return await readPage(await fetch(url, { method: "POST", body: new URLSearchParams(fields) }));
}

/** Sends the form of a page on, with what the person adds to it. */
export async function submit(
  page: FoundPage,
  base: string,
  added: Readonly<Record<string, string>> = {},
): Promise<FoundPage> {
  if (page.form === undefined) throw new Error(`no form on a page of status ${page.status}: ${page.html}`);
  return await postForm(new URL(page.form.action, base).href, { ...page.form.fields, ...added });
}

/** Signs in on the sign-in page; the answer is the page that would post to the service provider. */
export async function signIn(page: FoundPage, base: string, answer: PersonAnswer = {}): Promise<FoundPage> {
  const { user = "agent@partner.example", emission = "saml-password-and-otp", action = "sign-in" } = answer;
  return await submit(page, base, { user, emission, action });
}

/** The decoded XML of the response on the page. */
export function responseXml({ form }: FoundPage): string {
  return Buffer.from(form?.fields["SAMLResponse"] ?? "", "base64").toString();
}
