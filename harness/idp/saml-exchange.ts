import { z } from "zod";
import { RequestRefusal } from "./refusal.ts";
import { readAuthnRequest, type AuthnRequest, type RequestBinding } from "./saml-request.ts";
import { assertionConsumerService, type ServiceProviders } from "./saml-service-providers.ts";

/** A request that will be answered: what was asked, where the answer goes, and what the sign-in page carries along. */
export interface SamlExchange {
  readonly request: AuthnRequest;
  readonly acs: string;
  /** Exactly as received; undefined: none was. */
  readonly relayState: string | undefined;
  /** Hidden fields of the sign-in page: the request again, as it came, so that nothing is kept between the two. */
  readonly state: Readonly<Record<string, string>>;
}

const requestSchema = z.object({ SAMLRequest: z.string().min(1), RelayState: z.string().optional() });
const bindingSchema = z.object({ binding: z.enum(["redirect", "post"]) });

function read<Fields>(schema: z.ZodType<Fields>, input: unknown): Fields {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map(({ path }) => path.join(".") || "form");
  throw new RequestRefusal(`The request lacks a usable ${names.join(" and ")}`);
}

/**
 * Reads a request to the single sign-on service.
 *
 * @param input query or form as the web framework parsed it
 * @throws RequestRefusal when it gets no answer
 */
export async function receiveRequest(
  input: unknown,
  binding: RequestBinding,
  registered: ServiceProviders,
): Promise<SamlExchange> {
  const { SAMLRequest, RelayState } = read(requestSchema, input);
  const request = await readAuthnRequest(SAMLRequest, binding);
  return {
    request,
    acs: assertionConsumerService(request, registered),
    relayState: RelayState,
    state: { SAMLRequest, binding, ...(RelayState === undefined ? {} : { RelayState }) },
  };
}

/**
 * Reads the request that a page of the sign-in sent back. It is read anew, with all its checks, so that a forged form gains
 * nothing over a request of its own.
 *
 * @throws RequestRefusal when it gets no answer
 */
export async function receiveAgain(input: unknown, registered: ServiceProviders): Promise<SamlExchange> {
  const { binding } = read(bindingSchema, input);
  return await receiveRequest(input, binding, registered);
}
