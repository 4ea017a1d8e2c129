import { request } from "node:http";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";

/** An answer of the live API. */
export interface ApiAnswer {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A request to the live API; the body is sent as JSON unless it is text. */
export interface ApiCall {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the live API with any header, also those that `fetch` does not let a program set. */
export async function callApi(
  { port }: Pick<MockIdp, "port">,
  method: string,
  path: string,
  { body, headers = {} }: ApiCall = {},
): Promise<ApiAnswer> {
  const sent = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const type = body === undefined ? {} : { "content-type": "application/json" };
  return await new Promise((resolve, reject) => {
    const options = {
      host: "127.0.0.1",
      port,
      method,
      path: `/_harness${path}`,
      headers: { ...type, ...headers },
    };
    const asked = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const contentType = response.headers["content-type"];
        const parsed: unknown = contentType?.includes("json") === true ? JSON.parse(text) : text;
        resolve({
          status: response.statusCode ?? 0,
          type: contentType,
          body: parsed,
          headers: response.headers,
        });
      });
    });
    asked.on("error", reject);
    asked.end(sent);
  });
}
