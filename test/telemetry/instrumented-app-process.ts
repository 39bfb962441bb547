import { createServer, type ServerResponse } from 'node:http';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';

/** A small web application instrumented with the OpenTelemetry SDK; its exporter is set up by the standard variables. */
const sdk = new NodeSDK();
sdk.start();
const tracer = trace.getTracer('portal');
let served = 0;

function answer(response: ServerResponse): void {
  tracer.startActiveSpan('GET /items/:id', { kind: SpanKind.SERVER }, (span) => {
    served += 1;
    // One request in five fails.
    const status = served % 5 === 0 ? 500 : 200;
    span.setAttributes({
      'http.request.method': 'GET',
      'http.route': '/items/:id',
      'http.response.status_code': status,
    });
    if (status === 500) span.setStatus({ code: SpanStatusCode.ERROR });
    response.writeHead(status).end();
    span.end();
  });
}

const server = createServer((_request, response) => answer(response));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' && address ? `port ${address.port}` : 'no port');
});

process.once('SIGTERM', async () => {
  server.close();
  await sdk.shutdown();
});
