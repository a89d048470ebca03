export * from './establishment-constants.ts';
export { Establishment, decodeEstablishmentMessage, encodeEstablishmentTransmit } from './establishment.ts';
export type {
  EstablishmentCount,
  EstablishmentEvent,
  EstablishmentInput,
  EstablishmentOptions,
  EstablishmentTransmit,
  ProposalInput,
} from './establishment.ts';
export type { EstablishedChannel, EstablishmentLimits, EstablishmentRole } from './establishment-table.ts';
