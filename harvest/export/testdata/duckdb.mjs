// Runs the queries that come as a JSON list on standard input in one DuckDB
// and prints the lists of their rows, as JSON.
import { DuckDBInstance } from '@duckdb/node-api';

let input = '';
for await (const chunk of process.stdin) input += chunk;
const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run("SET TimeZone = 'UTC'");
const out = [];
for (const query of JSON.parse(input)) {
  const reader = await connection.runAndReadAll(query);
  out.push(reader.getRowObjectsJson());
}
process.stdout.write(JSON.stringify(out));
