export { selectCsid } from './selection.ts';
export type { CsidSelection } from './selection.ts';
export { deriveOrder } from './order.ts';
export type { Order } from './order.ts';
export { AT_MAX, decodeHandshake, encodeHandshake, encodeLinkHandshake } from './handshake.ts';
export type { Handshake, HandshakeContent, LinkHandshake, ReadHandshakeInput } from './handshake.ts';
export { EXCHANGE_PACKET_BYTES, Exchange, MAC_FAILURE_COUNT, exchangeEntropyLength } from './exchange.ts';
export type { ExchangeEvent, ExchangeLimits, ExchangeOptions } from './exchange.ts';
export { TokenTable } from './token-table.ts';
