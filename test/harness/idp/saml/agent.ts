import { type FoundPage, type PersonAnswer, readPage } from "./sign-in.ts";

/** A page, and where the user agent is sent if it is none. */
export interface AgentPage extends FoundPage {
  readonly location: string | undefined;
}

/** A user agent with cookies of its own that does not follow redirects. */
export interface SamlAgent {
  readonly open: (url: string) => Promise<AgentPage>;
  readonly post: (url: string, fields: Readonly<Record<string, string>>) => Promise<AgentPage>;
  /** Signs in on a sign-in page. */
  readonly signIn: (page: FoundPage, answer?: PersonAnswer) => Promise<AgentPage>;
}

/** Makes a user agent without any cookie. */
export function makeSamlAgent(): SamlAgent {
  const cookies = new Map<string, string>();

  async function visit(url: string, init: RequestInit): Promise<AgentPage> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return { ...(await readPage(response)), location: response.headers.get("location") ?? undefined };
  }

  const post: SamlAgent["post"] = (url, fields) =>
    visit(url, { method: "POST", body: new URLSearchParams(fields) });
  return {
    open: (url) => visit(url, {}),
    post,
    signIn: (
      page,
      { user = "agent@partner.example", emission = "saml-password-and-otp", action = "sign-in" } = {},
    ) => {
      if (page.form?.kind !== "sign-in") throw new Error(`no sign-in page but status ${page.status}`);
      return post(page.form.action, { ...page.form.fields, user, emission, action });
    },
  };
}
