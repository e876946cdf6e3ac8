// node agent.mjs PORT VERSION QOS PASSWORD AUTHORITY CERTIFICATE KEY PAYLOAD: listens to its receipts, publishes a batch,
// prints the receipt; where it is refused, prints the code and ends with 1. Empty arguments are left out.
import { readFileSync } from 'node:fs'
import mqtt from 'mqtt'

const [port, version, qos, password, authority, certificate, key, payload] = process.argv.slice(2)
const topic = 'monitor/v1/S-03/A-017'
const read = (file) => (file ? readFileSync(file) : undefined)
const client = mqtt.connect({
  protocol: authority ? 'mqtts' : 'mqtt',
  host: '127.0.0.1',
  port: Number(port),
  protocolVersion: Number(version),
  clientId: 'A-017',
  username: password ? 'A-017' : undefined,
  password: password || undefined,
  ca: read(authority),
  cert: read(certificate),
  key: read(key),
  reconnectPeriod: 0,
  connectTimeout: 30_000,
})
client.on('error', (error) => {
  console.log(`refused ${error.code}`)
  process.exit(1)
})
client.on('message', (_, message) => {
  console.log(message.toString())
  client.end()
})
client.on('connect', async () => {
  const [granted] = await client.subscribeAsync(`${topic}/receipt`, { qos: 1 })
  if (granted.qos > 1) throw new Error(`no receipts: ${granted.qos}`)
  await client.publishAsync(`${topic}/data`, read(payload), { qos: Number(qos) })
})
