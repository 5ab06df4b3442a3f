// A SPARQL endpoint that keeps to the letter of SPARQL 1.1, for tests.
//   node oxigraph.mjs GRAPH FILE.ttl …     (in a folder with node_modules/oxigraph)
// It loads the files into the graph (empty: the default graph), listens on a free port of 127.0.0.1, prints
// the port, and ends when its standard input closes.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { createRequire } from 'node:module';

const oxigraph = createRequire(path.join(process.cwd(), 'x.js'))('oxigraph');
const [graph, ...files] = process.argv.slice(2);
const store = new oxigraph.Store();
for (const file of files) {
  store.load(fs.readFileSync(file, 'utf8'), { format: 'text/turtle', to_graph_name: graph ? oxigraph.namedNode(graph) : oxigraph.defaultGraph() });
}

const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => { body += chunk; });
  request.on('end', () => {
    const form = new URLSearchParams(request.method === 'POST' ? body : request.url.replace(/^[^?]*\??/, ''));
    try {
      const query = form.get('query') ?? '';
      const accept = request.headers.accept ?? '';
      const graph = /^\s*(?:(?:prefix\s+\S*\s*<[^>]*>|base\s*<[^>]*>|#[^\n]*\n)\s*)*(?:construct|describe)/i.test(query);
      const offered = graph ? ['application/n-triples', 'text/turtle']
        : ['application/sparql-results+json', 'application/sparql-results+xml', 'text/csv', 'text/tab-separated-values'];
      const type = offered.find((t) => accept.includes(t)) ?? offered[0];
      const results = store.query(query, { results_format: type });
      response.writeHead(200, { 'Content-Type': type });
      response.end(results);
    } catch (error) {
      response.writeHead(400, { 'Content-Type': 'text/plain' });
      response.end(String(error));
    }
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
