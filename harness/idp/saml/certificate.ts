export { selfSignedCertificate } from "../../emission/keys/certificate.ts";
