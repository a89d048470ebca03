export * from './establishment-constants.ts';
export { Establishment } from './establishment.ts';
export { decodeEstablishmentMessage, encodeEstablishmentTransmit } from './establishment-io.ts';
export type {
  EstablishmentCount,
  EstablishmentEvent,
  EstablishmentInput,
  EstablishmentOptions,
  EstablishmentTransmit,
  ProposalInput,
} from './establishment-io.ts';
export type { EstablishedChannel, EstablishmentLimits, EstablishmentRole } from './establishment-table.ts';
