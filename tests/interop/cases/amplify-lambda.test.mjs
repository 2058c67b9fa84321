// SPDX-License-Identifier: Apache-2.0
import { tokenCases } from '../lib/token-cases.mjs';

tokenCases('lambda');
