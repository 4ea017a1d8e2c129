export { selfSignedCertificate } from "../../emission/certificate.ts";
