/** A request at the SAML side that gets a plain page instead of an answer: what is wrong with it, in one sentence. */
export class SamlRefusal extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "SamlRefusal";
  }
}
