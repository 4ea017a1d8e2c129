import { z } from "zod";
import { isXmlText } from "../emission/xml.ts";
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

/** What the sign-in page sends back. */
export interface SignInAnswer {
  readonly user: string;
  /** Id of the choice. */
  readonly emission: string;
  readonly action: "sign-in" | "cancel";
}

const requestSchema = z.object({ SAMLRequest: z.string().min(1), RelayState: z.string().optional() });
const bindingSchema = z.object({ binding: z.enum(["redirect", "post"]) });
const answerSchema = z.object({
  user: z.string().min(1).max(256).refine(isXmlText),
  emission: z.string(),
  action: z.enum(["sign-in", "cancel"]),
});

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
 * Reads what the sign-in page sent back. The request is read anew, with all its checks, so that a forged form gains
 * nothing over a request of its own.
 *
 * @throws RequestRefusal when it gets no answer
 */
export async function receiveAnswer(
  input: unknown,
  registered: ServiceProviders,
): Promise<{ exchange: SamlExchange; answer: SignInAnswer }> {
  const { binding } = read(bindingSchema, input);
  const exchange = await receiveRequest(input, binding, registered);
  return { exchange, answer: read(answerSchema, input) };
}
