#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A program that dies by a signal whatever it is asked.
kill -SEGV $$
