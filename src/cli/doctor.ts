import { config as readDotenv } from 'dotenv'
import { doctor } from './doctor/doctor.ts'

readDotenv({ quiet: true })
const { code, stdout } = await doctor(process.argv.slice(2), process.env)
process.stdout.write(stdout)
process.exitCode = code
