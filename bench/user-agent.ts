import { Agent, type IncomingHttpHeaders, request } from "node:http";

/** An answer, as far as a sign-in needs it. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly location: string | undefined;
  readonly text: string;
}

/** Sends a request with the cookies of one user agent; a form is posted. */
export type Send = (
  url: string,
  form?: Readonly<Record<string, string>>,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** Connections are shared, as those of many people behind one proxy; each person has cookies of their own. */
const connections = new Agent({ keepAlive: true, maxSockets: 64 });

function keepCookies(cookies: Map<string, string>, { "set-cookie": lines = [] }: IncomingHttpHeaders): void {
  for (const line of lines) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "") cookies.delete(name);
    else cookies.set(name, value);
  }
}

/** Makes a user agent without any cookie, on node:http, so that little of what is measured is its own. */
export function makeUserAgent(): Send {
  const cookies = new Map<string, string>();
  return async (url, form, headers = {}) => {
    const body = form === undefined ? undefined : new URLSearchParams(form).toString();
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const posted = body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" };
    return await new Promise((resolve, reject) => {
      const options = { agent: connections, method: body === undefined ? "GET" : "POST" };
      const sent = request(url, { ...options, headers: { cookie, ...posted, ...headers } }, (response) => {
        const parts: Buffer[] = [];
        keepCookies(cookies, response.headers);
        response.on("data", (part: Buffer) => void parts.push(part));
        response.once("error", reject).once("end", () => {
          const { location } = response.headers;
          const text = Buffer.concat(parts).toString();
          resolve({ url, status: response.statusCode ?? 0, location, text });
        });
      });
      sent.once("error", reject).end(body);
    });
  };
}

/** Follows redirects for as long as they stay with the server. */
export async function follow(send: Send, first: Answer): Promise<Answer> {
  let answer = first;
  while (answer.location !== undefined) {
    const next = new URL(answer.location, answer.url);
    if (next.origin !== new URL(first.url).origin) return { ...answer, url: next.href };
    answer = await send(next.href);
  }
  return answer;
}

/** Address and hidden fields of a page's form. @throws Error when there is none */
export function formOf({ text, url }: Answer): {
  readonly action: string;
  readonly fields: Record<string, string>;
} {
  const [, action] = /<form[^>]* action="([^"]*)"/.exec(text) ?? [];
  if (action === undefined) throw new Error(`${url} answered without a form: ${text.slice(0, 300)}`);
  const hidden = text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
  const fields = Object.fromEntries(
    [...hidden].map(([, name = "", value = ""]) => [
      name,
      value.replaceAll("&#39;", "'").replaceAll("&amp;", "&"),
    ]),
  );
  return { action: new URL(action.replaceAll("&amp;", "&"), url).href, fields };
}
