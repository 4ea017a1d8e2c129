import { parse, type HTMLElement } from "node-html-parser";

/** Where a visit ended: a page of the IdP, or the URL that the user agent was sent to outside of it. */
export interface Visit {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  readonly page: HTMLElement;
}

/** A user agent with cookies of its own that follows redirects as long as they stay with the IdP. */
export interface UserAgent {
  readonly get: (url: string | URL) => Promise<Visit>;
  readonly submit: (visit: Visit, entered: Readonly<Record<string, string>>) => Promise<Visit>;
  readonly cookies: ReadonlyMap<string, string>;
}

/** What a page's only form would send, with what the person entered. */
export function formFields(visit: Visit, entered: Readonly<Record<string, string>>): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const input of visit.page.querySelectorAll("form input")) {
    const unchecked = input.getAttribute("type") === "radio" && !input.hasAttribute("checked");
    if (!unchecked) fields[input.getAttribute("name") ?? ""] = input.getAttribute("value") ?? "";
  }
  return { ...fields, ...entered };
}

/** Makes a user agent without any cookie. */
export function makeUserAgent(origin: string): UserAgent {
  const cookies = new Map<string, string>();

  function keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
  }

  async function visit(url: string, init: RequestInit): Promise<Visit> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { accept: "text/html", cookie };
    const response = await fetch(url, { ...init, redirect: "manual", headers });
    keep(response);
    const html = await response.text();
    const location = response.headers.get("location");
    if (location === null) return { url, status: response.status, html, page: parse(html) };
    const next = new URL(location, url).href;
    if (!next.startsWith(origin)) return { url: next, status: response.status, html, page: parse("") };
    return await visit(next, { method: "GET" });
  }

  return {
    cookies,
    get: (url) => visit(String(url), { method: "GET" }),
    submit: (from, entered) => {
      const action = new URL(from.page.querySelector("form")?.getAttribute("action") ?? "", from.url);
      return visit(action.href, { method: "POST", body: new URLSearchParams(formFields(from, entered)) });
    },
  };
}
