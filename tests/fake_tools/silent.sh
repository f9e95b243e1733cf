#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A program that is there and says nothing.
exit 0
