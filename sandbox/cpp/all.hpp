// What every job finds: the standard library, the test framework, the reading of answers. Precompiled once.
#pragma once
#include <bits/stdc++.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "answers.hpp"
