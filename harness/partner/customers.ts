import { z } from "zod";
import { oneLine } from "./one-line.ts";

/** What Partner Center answered to a request for the customers. */
export interface CustomersAnswer {
  /** Company names; undefined when access was refused. */
  readonly customers: readonly string[] | undefined;
  /** One sentence on what came back. */
  readonly reason: string;
  /** Value of the response header `isMfaCompliant`, or `absent`. */
  readonly mfaCompliant: string;
}

const customersSchema = z.object({ items: z.array(z.object({ companyName: z.string() })) });
const problemSchema = z.object({ code: z.string(), description: z.string() });

/** Asks the Partner Center stand-in for the customers, with a dry-run header beside the access token. */
export async function fetchCustomers(origin: string, accessToken: string): Promise<CustomersAnswer> {
  const answer = await fetch(`${origin}/v1/customers`, {
    headers: { authorization: `Bearer ${accessToken}`, ValidateMfa: "true" },
  });
  const body: unknown = await answer.json().catch(() => undefined);
  const mfaCompliant = answer.headers.get("isMfaCompliant") ?? "absent";
  const list = customersSchema.safeParse(body);
  if (answer.ok && list.success) {
    const customers = list.data.items.map(({ companyName }) => companyName);
    return { customers, reason: `Partner Center listed ${customers.length} customers.`, mfaCompliant };
  }
  const problem = problemSchema.safeParse(body);
  const detail = problem.success ? `${problem.data.description} (${problem.data.code})` : answer.statusText;
  return {
    customers: undefined,
    reason: oneLine(`Partner Center refused with ${answer.status}: ${detail}`),
    mfaCompliant,
  };
}
