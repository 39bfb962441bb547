/** The world that collectors touch: what the composer uses of `ports/`. */
export { createPorts, type PortsOptions } from './ports/ports-client.ts';
